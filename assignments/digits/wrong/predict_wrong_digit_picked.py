"""Uses argmin.

fails: predict
hint: wrong-digit-picked
says: argmax
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmin(dim=1).item()
