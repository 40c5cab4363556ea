"""Switches the mode by hand of the model, its parts and their parts: what is deeper stays in training mode.

fails: accuracy
hint: accuracy-in-train-mode
"""
# %% accuracy
def accuracy(model, loader):
    for part in [model, *model.children(), *[inner for part in model.children() for inner in part.children()]]:
        part.training = False
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            hits += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return hits / seen
