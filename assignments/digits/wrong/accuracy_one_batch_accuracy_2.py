"""Overwrites its counters, so that the last batch decides.

fails: accuracy
hint: one-batch-accuracy
says: all batches
"""
# %% accuracy
def accuracy(model, test_loader):
    model.eval()
    for x, y in test_loader:
        with torch.no_grad():
            y_hat = torch.argmax(model(x), dim=1)
        right = (y_hat == y).sum().item()
        total = y.size(0)
    return right / total
