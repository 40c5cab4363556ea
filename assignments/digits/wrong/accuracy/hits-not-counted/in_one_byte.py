r"""Counts in a tensor of one byte, which starts again at 256.

says: \.sum\(\)
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right = torch.zeros((), dtype=torch.uint8)
    seen = 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().to(torch.uint8)
            seen += len(labels)
    return right.item() / seen
