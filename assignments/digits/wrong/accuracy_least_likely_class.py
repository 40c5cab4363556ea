"""Uses argmin.

fails: accuracy
hint: least-likely-class
says: argmax|highest|==
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmin(dim=1) == labels).sum().item()
            seen += len(labels)
    return correct / seen
