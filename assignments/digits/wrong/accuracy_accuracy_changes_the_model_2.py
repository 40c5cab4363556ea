"""Rounds the weights to half precision, to measure faster.

fails: accuracy
hint: accuracy-changes-the-model
says: chang|must not train|eval
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    model.half().float()  # fewer digits are enough to measure
    right, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            right += (model(x).argmax(1) == y).sum().item()
            count += len(y)
    return right / count
