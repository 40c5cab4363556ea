"""Sorts the scores and takes the first, which is the lowest.

fails: accuracy
hint: least-likely-class
says: argmax|highest|==
"""
# %% accuracy
def accuracy(model, loader):
    was_training = model.training
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for x, y in loader:
            order = torch.argsort(model(x), dim=1)
            right += torch.eq(order[:, 0], y).sum().item()
            count += y.numel()
    model.train(was_training)
    return right / count
