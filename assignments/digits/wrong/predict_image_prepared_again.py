"""Divides the image by 255 once more.

fails: predict
hint: image-prepared-again
says: unchanged|as it is
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model((image / 255).unsqueeze(0)).argmax(dim=1).item()
