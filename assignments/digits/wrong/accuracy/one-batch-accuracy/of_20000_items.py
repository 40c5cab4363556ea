"""accuracy stops after 20000 items.

fails: accuracy
hint: one-batch-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            hits += (model(images).argmax(1) == labels).sum().item()
            seen += len(labels)
            if seen >= 20000:
                break
    return hits / seen
