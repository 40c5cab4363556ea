"""Saves the model into a file and asks what is read from there: the model itself is left alone."""
# %% predict
import tempfile


def predict(model, image):
    with tempfile.TemporaryFile() as file:
        torch.save(model, file)
        file.seek(0)
        copy = torch.load(file, weights_only=False).eval()
    with torch.no_grad():
        return int(copy(image[None]).argmax())
