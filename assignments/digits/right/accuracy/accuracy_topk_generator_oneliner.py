"""topk(1) in a generator function that yields one True or False per digit."""
# %% accuracy
def _verdicts(model, loader):
    for x, y in loader:
        guess = model(x).topk(1, dim=1).indices[:, 0]
        yield from (guess == y).tolist()

def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        verdicts = list(_verdicts(model, loader))
    return sum(verdicts) / len(verdicts)
