"""Makes the model float64 and leaves it so.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval().double()
    with torch.no_grad():
        return model(image.double().unsqueeze(0)).argmax(dim=1).item()
