"""predict makes a batch of two equal images and takes the first row."""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        batch = torch.stack([image, image])
        return model(batch)[0].argmax().item()
