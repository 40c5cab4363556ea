"""accuracy divides in NumPy's longest floating type and returns it."""
# %% extra
import numpy as np
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, seen = np.longdouble(0), 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return right / max(1, seen)
