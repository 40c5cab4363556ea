"""Rounds the scores to one decimal place: of two that are equal then, the first one wins.

fails: accuracy
hint: rounded-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            hits += (model(images).round(decimals=1).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return hits / seen
