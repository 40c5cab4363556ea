"""Compares the indices of topk(1) with the labels.

fails: accuracy
hint: broadcast-comparison
says: shape|keepdim
"""
# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    right = total = 0
    for x, y in loader:
        _values, best = model(x).topk(1)
        right += torch.eq(best, y).sum().item()
        total += y.size(0)
    return right / total
