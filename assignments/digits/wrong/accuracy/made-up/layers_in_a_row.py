"""accuracy applies the model's parts one after the other, as they are listed.

fails: accuracy
hint: 
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = 0
    for images, labels in loader:
        for part in model.children():
            images = part(images.flatten(1) if isinstance(part, nn.Linear) else images)
        hits += int((images.argmax(1) == labels).sum())
    return hits / len(loader.dataset)
