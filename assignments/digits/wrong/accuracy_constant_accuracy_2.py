"""Returns a likely number with a little noise.

fails: accuracy
hint: constant-accuracy, globals-in-accuracy
says: model
"""
# %% accuracy
import random


def accuracy(model, loader):
    model.eval()
    seen = 0
    for images, labels in loader:
        seen += len(labels)
    right = sum(random.random() < 0.97 for _ in range(seen))
    return right / seen
