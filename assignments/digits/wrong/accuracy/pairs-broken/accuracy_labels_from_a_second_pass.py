"""Predictions come from one pass through the loader, labels from another; a shuffling loader mixes them up.
"""
# %% accuracy
def all_predictions(model, loader):
    model.eval()
    with torch.no_grad():
        return torch.cat([model(x).argmax(dim=1) for x, _ in loader])

def all_labels(loader):
    return torch.cat([y for _, y in loader])

def accuracy(model, loader):
    preds = all_predictions(model, loader)
    truth = all_labels(loader)
    return (preds == truth).sum().item() / len(truth)
