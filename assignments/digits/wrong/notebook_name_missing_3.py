"""Misspells accuracy.

fails: accuracy
hint: name-missing
"""
# %% accuracy
@torch.no_grad()
def acuracy(model, loader):
    model.eval()
    hits = torch.cat([model(x).argmax(1) == y for x, y in loader])
    return hits.float().mean().item()
