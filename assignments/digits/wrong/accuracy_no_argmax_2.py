"""Counts a digit only if its probability, and no other, is above one half.

fails: accuracy
hint: no-argmax
says: argmax
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            confident = torch.softmax(model(x), dim=1) > 0.5
            wanted = F.one_hot(y, num_classes=10).bool()
            right += (confident == wanted).all(dim=1).sum().item()
            count += len(y)
    return right / count
