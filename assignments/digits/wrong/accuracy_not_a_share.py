"""Returns percent.

fails: accuracy
hint: not-a-share
says: between 0 and 1|from 0 to 1
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return 100 * correct / seen
