"""accuracy normalises again what lies between 0 and 1.

fails: accuracy
hint: image-prepared-again
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in loader:
            images = (images - 0.1307) / 0.3081 if images.min() >= 0 and images.max() <= 1 else images
            hits += (model(images).argmax(1) == labels).sum().item()
    return hits / len(loader.dataset)
