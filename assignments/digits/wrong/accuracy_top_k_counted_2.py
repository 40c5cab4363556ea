"""Also counts the second guess, found by sorting.

fails: accuracy
hint: top-k-counted
says: highest score
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, count = 0, 0
    for x, y in loader:
        with torch.no_grad():
            order = model(x).argsort(dim=1, descending=True)
        first, second = order[:, 0], order[:, 1]
        right += ((first == y) | (second == y)).sum().item()
        count += len(y)
    return right / count
