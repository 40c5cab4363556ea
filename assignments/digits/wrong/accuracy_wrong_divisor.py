"""Divides by the number of batches.

fails: accuracy
hint: wrong-divisor
says: number of images
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
    return correct / len(loader)
