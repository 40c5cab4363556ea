r"""Takes the colour dimension away before asking the model.

fails: predict
hint: batch-dimension-missing
says: unsqueeze\(0\)
"""
# %% predict
import numpy as np


def predict(model, image):
    model.eval()
    with torch.inference_mode():
        scores = model(image.squeeze(0))
    return int(np.argmax(scores.numpy()))
