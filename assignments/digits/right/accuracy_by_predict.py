"""accuracy asks predict about one image after the other: slow and right."""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(1).item()
# %% accuracy
def accuracy(model, loader):
    hits, n = 0, 0
    for images, labels in loader:
        for image, label in zip(images, labels):
            hits += predict(model, image) == label.item()
            n += 1
    return hits / n
