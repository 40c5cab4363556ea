"""Wants the image before the model.

fails: predict
hint: signature-changed
"""
# %% predict
def predict(image, model):
    model.eval()
    with torch.no_grad():
        return int(model(image.unsqueeze(0)).argmax())
