"""Looks at 500 batches at most, which was meant for trying things out.

fails: accuracy
hint: one-batch-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for _, (images, labels) in zip(range(500), loader):
            hits += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return hits / seen
