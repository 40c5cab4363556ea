"""Takes statistics.mean of a list of batch accuracies.

fails: accuracy
hint: mean-of-batch-accuracies
says: divide once|over all batches
"""
# %% accuracy
from statistics import mean


def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        shares = [(model(x).argmax(-1) == y).float().mean().item() for x, y in loader]
    return mean(shares)
