"""Divides by batches times batch size, although the last batch may be smaller.
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct = 0
    with torch.no_grad():
        for images, labels in loader:
            predictions = torch.argmax(model(images), dim=1)
            correct += (predictions == labels).sum().item()
    total = len(loader) * loader.batch_size
    return correct / total
