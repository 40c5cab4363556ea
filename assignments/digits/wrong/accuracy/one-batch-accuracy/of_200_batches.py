"""accuracy stops after 200 batches.

fails: accuracy
hint: one-batch-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    with torch.no_grad():
        for number, (images, labels) in enumerate(loader):
            if number == 200:
                break
            hits += (model(images).argmax(1) == labels).sum().item()
            seen += len(labels)
    return hits / seen
