"""Counts hits with torchmetrics.

fails: accuracy
hint: missing-package
"""
# %% accuracy
from torchmetrics.classification import MulticlassAccuracy


def accuracy(model, loader):
    metric = MulticlassAccuracy(num_classes=10, average="micro")
    model.eval()
    with torch.no_grad():
        for images, labels in loader:
            metric.update(model(images), labels)
    return metric.compute().item()
