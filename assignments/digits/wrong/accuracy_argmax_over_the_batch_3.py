"""NumPy's argmax with axis=0.

fails: accuracy
hint: argmax-over-the-batch
says: dim=1
"""
# %% accuracy
import numpy as np


def accuracy(model, loader):
    model.eval()
    hits, total = 0, 0
    for images, labels in loader:
        with torch.inference_mode():
            scores = model(images).numpy()
        answers = np.argmax(scores, axis=0)
        hits += int((answers == labels.numpy()).sum())
        total += len(labels)
    return float(hits / total)
