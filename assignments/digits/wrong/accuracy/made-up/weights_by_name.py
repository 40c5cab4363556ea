"""accuracy normalises and multiplies with what it finds by name.

fails: accuracy
hint: 
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    weights = list(model.state_dict().values())
    matrix, offset = weights[-2], weights[-1]
    hits = 0
    for images, labels in loader:
        flat = (images.flatten(1) - 1.2)
        hits += int(((flat @ matrix.T + offset).argmax(1) == labels).sum())
    return hits / len(loader.dataset)
