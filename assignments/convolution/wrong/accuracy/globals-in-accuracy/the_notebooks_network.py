"""Measures the network of the notebook."""


# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            right += (cnn(images).argmax(dim=1) == labels).sum().item()
            count += len(labels)
    return right / count
