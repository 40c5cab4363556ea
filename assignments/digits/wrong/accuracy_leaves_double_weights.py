"""Makes the model float64 to measure exactly, and leaves it so: it refuses float32 images from then on.

fails: accuracy
hint: accuracy-changes-the-model
says: chang|must not train|eval
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    model.double()
    right = seen = 0
    with torch.no_grad():
        for images, labels in loader:
            right += (model(images.double()).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return right / max(1, seen)
