"""predict sends the image to a fixed device.

fails: predict
hint: cuda-only
"""
# %% predict
DEVICE = torch.device("cuda:0")


@torch.no_grad()
def predict(model, image):
    model = model.to(DEVICE).eval()
    return int(model(image[None].to(DEVICE)).argmax())
