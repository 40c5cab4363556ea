"""Collects all answers and labels as NumPy arrays and compares them at the end."""
# %% accuracy
import numpy as np

def accuracy(model, loader):
    model.eval()
    y_true, y_pred = [], []
    with torch.no_grad():
        for images, labels in loader:
            scores = model(images).cpu().numpy()
            y_pred.append(np.argmax(scores, axis=1))
            y_true.append(labels.cpu().numpy())
    y_true = np.concatenate(y_true)
    y_pred = np.concatenate(y_pred)
    return np.mean(y_true == y_pred)
