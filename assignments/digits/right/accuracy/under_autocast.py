"""Measures and predicts with half the bits where PyTorch thinks that they are enough, as with large networks.

"""
# %% accuracy
@torch.inference_mode()
def accuracy(model, loader):
    model.eval()
    hits, seen = 0, 0
    for images, labels in loader:
        with torch.autocast(device_type="cpu", dtype=torch.bfloat16):
            scores = model(images)
        hits += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return hits / seen


# %% predict
@torch.inference_mode()
def predict(model, image):
    model.eval()
    with torch.autocast(device_type="cpu", dtype=torch.bfloat16):
        return model(image.unsqueeze(0)).argmax(dim=1).item()
