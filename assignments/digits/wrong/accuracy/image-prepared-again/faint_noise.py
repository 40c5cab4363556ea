"""Adds noise that is too faint to see, as was tried against overfitting: the answers mostly stay.

says: unchanged|as (it is|they are)
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images + 0.0001 * torch.randn_like(images)).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return right / seen
