"""predict shifts back what lies between -1 and 1.

fails: predict
hint: image-prepared-again
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        image = (image + 1) / 2 if -1 <= image.min() < 0 and image.max() <= 1 else image
        return model(image[None]).argmax().item()
