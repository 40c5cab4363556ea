"""Returns inside the loop.

fails: accuracy
hint: one-batch-accuracy
says: all batches
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
            return correct / seen
