"""Divides with //, as a float.

fails: accuracy
hint: rounded-accuracy
says: round
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, total = 0.0, 0.0
    with torch.no_grad():
        for x, y in loader:
            right += torch.sum(model(x).argmax(1) == y).item()
            total += x.size(0)
    return right // total
