r"""Switches to eval mode only after measuring.

fails: accuracy
hint: accuracy-in-train-mode
says: \.eval\(\)
"""
# %% accuracy
def accuracy(model, loader):
    counts = {True: 0, False: 0}
    with torch.inference_mode():
        for images, labels in loader:
            for answer, label in zip(model(images).max(dim=1).indices.tolist(), labels.tolist()):
                counts[answer == label] += 1
    model.eval()
    return counts[True] / sum(counts.values())
