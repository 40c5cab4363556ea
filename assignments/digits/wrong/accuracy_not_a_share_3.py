"""Measures in percent and prints it nicely.

fails: accuracy
hint: not-a-share
says: between 0 and 1|from 0 to 1
"""
# %% accuracy
import numpy as np


def accuracy(model, loader):
    model.eval()
    hits = []
    for images, labels in loader:
        with torch.no_grad():
            predicted = torch.max(model(images), dim=1)[1]
        hits.extend((predicted == labels).tolist())
    percent = float(np.mean(hits) * 100.0)
    print(f"Accuracy: {percent:.2f} %")
    return percent
