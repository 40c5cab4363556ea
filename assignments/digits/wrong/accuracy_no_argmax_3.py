"""Rounds the scores and looks whether the label's score becomes 1.

fails: accuracy
hint: no-argmax
says: argmax
"""
# %% accuracy
@torch.inference_mode()
def accuracy(model, loader):
    model.eval()
    hits = []
    for x, y in loader:
        rounded = model(x).round()
        hits += [rounded[i, y[i]].item() == 1 for i in range(len(y))]
    return sum(hits) / len(hits)
