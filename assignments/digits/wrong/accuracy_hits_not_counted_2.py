r"""Takes the mean of booleans.

fails: accuracy
hint: hits-not-counted
says: \.sum\(\)
"""
# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    hits = [model(x).argmax(1) == y for x, y in loader]
    return torch.mean(torch.cat(hits)).item()
