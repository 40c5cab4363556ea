"""Sorts predictions and labels before comparing.

fails: accuracy
hint: pairs-broken
says: same batch
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).argmax(dim=1)
            correct += (predicted.sort().values == labels.sort().values).sum().item()
            seen += len(labels)
    return correct / seen
