"""Keeps results with lru_cache: the same model and loader give the old accuracy even after more training.

fails: accuracy
"""
# %% accuracy
from functools import lru_cache

@lru_cache(maxsize=None)
def accuracy(model, loader):
    model.eval()
    right = seen = 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return right / max(1, seen)
