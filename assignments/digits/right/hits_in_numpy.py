"""Scores go to NumPy; accuracy is an np.float64, predict an np.int64."""
# %% accuracy
import numpy as np

def accuracy(model, loader):
    model.eval()
    ok = []
    with torch.no_grad():
        for images, labels in loader:
            scores = model(images).cpu().numpy()
            ok.append(np.argmax(scores, axis=1) == labels.cpu().numpy())
    return np.concatenate(ok).mean()
# %% predict
def predict(model, image):
    model.eval()
    scores = model(image.unsqueeze(0)).detach().numpy()
    return np.argmax(scores)
