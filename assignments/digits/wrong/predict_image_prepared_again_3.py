"""Turns dark ink on bright ground, as on paper.

fails: predict
hint: image-prepared-again
says: unchanged|as it is
"""
# %% predict
def predict(model, image):
    model.eval()
    batch = 1.0 - image[None]
    with torch.inference_mode():
        return int(model(batch).max(dim=1).indices)
