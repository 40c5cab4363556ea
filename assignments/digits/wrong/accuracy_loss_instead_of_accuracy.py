"""Returns the mean loss.

fails: accuracy
hint: loss-instead-of-accuracy
says: right answers
"""
# %% accuracy
def accuracy(model, loader):
    criterion = nn.CrossEntropyLoss()
    model.eval()
    total, seen = 0.0, 0
    with torch.no_grad():
        for images, labels in loader:
            total += criterion(model(images), labels).item() * len(labels)
            seen += len(labels)
    return total / seen
