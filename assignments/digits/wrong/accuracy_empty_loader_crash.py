"""Takes statistics.mean of the hits, which raises when there is none.

advice: yes
hint: empty-loader-crash
"""
# %% accuracy
from statistics import fmean


def accuracy(model, loader):
    model.eval()
    hits = []
    with torch.no_grad():
        for images, labels in loader:
            hits.extend((model(images).argmax(dim=1) == labels).tolist())
    return fmean(hits)
