"""Predictions by topk(1) and by sorting."""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in loader:
            best = model(images).topk(1, dim=1).indices        # (B, 1)
            hits += (best == labels.view(-1, 1)).sum().item()  # (B, 1) with (B, 1)
    return hits / len(loader.dataset)
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        order = torch.argsort(model(image.view(1, 1, 28, 28))[0], descending=True)
    return int(order[0])
