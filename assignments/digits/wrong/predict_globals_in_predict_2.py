"""Looks at a global image.

fails: predict
hint: globals-in-predict
says: `model` and the `image`|arguments
"""
# %% extra
picture = torch.zeros(1, 28, 28)
picture[0, 4:24, 13:16] = 1.0

# %% predict
@torch.inference_mode()
def predict(model, image):
    model.eval()
    return int(model(picture[None]).argmax())
