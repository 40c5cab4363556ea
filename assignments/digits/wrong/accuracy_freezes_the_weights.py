"""Switches requires_grad off for all weights and leaves it off: later training learns nothing.

fails: accuracy
hint: accuracy-changes-the-model
says: chang|must not train|eval
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    right = seen = 0
    for images, labels in loader:
        right += (model(images).argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return right / max(1, seen)
