"""Returns percent.

fails: accuracy
hint: not-a-share
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
