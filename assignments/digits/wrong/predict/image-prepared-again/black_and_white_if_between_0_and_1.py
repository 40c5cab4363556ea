"""predict makes black and white of what lies between 0 and 1.

fails: predict
hint: image-prepared-again
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        image = (image > 0.5).float() if image.min() >= 0 and image.max() <= 1 else image
        return model(image[None]).argmax().item()
