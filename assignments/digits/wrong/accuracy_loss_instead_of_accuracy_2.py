"""Returns the mean negative log-probability of the labels.

fails: accuracy
hint: loss-instead-of-accuracy
says: right answers
"""
# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    surprises = [-model(x).log_softmax(dim=1)[range(len(y)), y.long()] for x, y in loader]
    return torch.cat(surprises).mean().item()
