r"""Takes train() for the switch that makes a model look at test digits.

says: \.eval\(\)
"""
# %% accuracy
def accuracy(model, loader):
    model.train()
    right, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return right / seen
