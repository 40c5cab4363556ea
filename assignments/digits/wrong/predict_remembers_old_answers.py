"""Keeps answers with lru_cache: after more training the same image still gets the old digit.

fails: predict
"""
# %% predict
import functools

@functools.lru_cache(maxsize=10_000)
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
