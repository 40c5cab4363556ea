"""Takes argmax over dim 0.

fails: accuracy
hint: argmax-over-the-batch
says: dim=1
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=0) == labels).sum().item()
            seen += len(labels)
    return correct / seen
