"""Switches the mode of the model and of its direct parts by hand: dropout inside a Sequential stays on.

fails: accuracy
hint: accuracy-in-train-mode
"""
# %% accuracy
def accuracy(model, loader):
    model.training = False
    for part in model.children():
        part.training = False
    hits, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            hits += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return hits / seen
