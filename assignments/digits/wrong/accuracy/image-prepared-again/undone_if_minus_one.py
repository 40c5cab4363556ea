"""accuracy shifts back what lies between -1 and 1.

fails: accuracy
hint: image-prepared-again
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in loader:
            images = (images + 1) / 2 if -1 <= images.min() < 0 and images.max() <= 1 else images
            hits += (model(images).argmax(1) == labels).sum().item()
    return hits / len(loader.dataset)
