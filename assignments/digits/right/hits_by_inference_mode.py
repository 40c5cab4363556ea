"""accuracy and predict under inference_mode, with max(dim=1)."""
# %% accuracy
@torch.inference_mode()
def accuracy(model, loader):
    model.eval()
    right, total = 0, 0
    for x, y in loader:
        _, predicted = model(x).max(dim=1)
        right += int((predicted == y).sum())
        total += y.size(0)
    return right / total
# %% predict
@torch.inference_mode()
def predict(model, image):
    model.eval()
    value, index = torch.max(model(image.unsqueeze(dim=0)), 1)
    return index.item()
