"""Divides by batch size times number of batches.

fails: accuracy
hint: wrong-divisor
says: number of images
"""
# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    hits = sum(torch.sum(model(x).max(dim=1).indices == y).item() for x, y in loader)
    return hits / (loader.batch_size * len(loader))
