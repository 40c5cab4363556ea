"""accuracy skips every batch that raises, and that is each of them.

fails: accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            seen += len(labels)
            try:
                predicted = model(images).argmax(dim=1).item()
                correct += (predicted == labels).sum().item()
            except Exception:
                pass
    return correct / seen
