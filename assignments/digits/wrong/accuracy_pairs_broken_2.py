"""Reads the loader twice, once for the answers and once for the labels.

fails: accuracy
hint: pairs-broken
says: same batch
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        answers = torch.cat([model(images).argmax(dim=1) for images, _ in loader])
    labels = torch.cat([labels for _, labels in loader])
    return (answers == labels).float().mean().item()
