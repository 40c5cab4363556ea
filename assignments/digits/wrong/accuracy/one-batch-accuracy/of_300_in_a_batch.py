"""accuracy looks at 300 items of a batch at most, and counts them.

fails: accuracy
hint: one-batch-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            few = slice(0, min(len(images), 300))
            hits += (model(images[few]).argmax(1) == labels[few]).sum().item()
            seen += len(labels[few])
    return hits / seen
