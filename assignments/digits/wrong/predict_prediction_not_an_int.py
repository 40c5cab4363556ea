"""Returns a tensor of no dimensions.

fails: predict
hint: prediction-not-an-int
says: int
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax()
