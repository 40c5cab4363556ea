"""Drops the loader and reads the test digits by itself.

fails: accuracy
hint: signature-changed
"""
# %% accuracy
def accuracy(model):
    loader = make_loader(load_digits("data", train=False), 256, False)
    model.eval()
    with torch.no_grad():
        hits = torch.cat([model(x).argmax(1) == y for x, y in loader])
    return hits.float().mean().item()
