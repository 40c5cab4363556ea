"""Takes the largest along the first dimension that has ten entries: in batches of ten images that is the wrong one.

fails: accuracy
hint: argmax-over-the-batch
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            scores = model(images)
            hits += (scores.argmax(dim=list(scores.shape).index(10)) == labels).sum().item()
            seen += len(labels)
    return hits / seen
