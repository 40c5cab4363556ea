"""accuracy divides by the deviation if there is one.

fails: accuracy
hint: image-prepared-again
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in loader:
            images = images if images.std() > 0.05 else (images - images.mean()) + 0.5
            hits += (model(images).argmax(1) == labels).sum().item()
    return hits / len(loader.dataset)
