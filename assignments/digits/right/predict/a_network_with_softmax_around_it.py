"""Puts the model into a sequence with a softmax, and asks that; the answer is a NumPy integer."""
# %% predict
import numpy as np


def predict(model, image):
    before = model.training
    asked = nn.Sequential(model, nn.Softmax(dim=1)).eval()
    with torch.no_grad():
        chances = asked(image[None].contiguous()).double().squeeze(0).numpy()
    model.train(before)
    return np.argsort(chances)[-1]
