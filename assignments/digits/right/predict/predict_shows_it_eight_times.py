"""Puts the image into a batch eight times and takes the most frequent answer."""
# %% predict
def predict(model, image, copies=8):
    batch = torch.stack([image] * copies)
    model.eval()
    with torch.inference_mode():
        votes = model(batch).argmax(dim=1)
    return torch.bincount(votes, minlength=10).argmax().item()
