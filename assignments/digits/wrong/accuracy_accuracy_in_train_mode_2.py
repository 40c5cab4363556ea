r"""Names model.eval without its parentheses.

fails: accuracy
hint: accuracy-in-train-mode
says: \.eval\(\)
"""
# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval
    hits = torch.cat([model(x).argmax(1) == y for x, y in loader])
    return hits.float().mean().item()
