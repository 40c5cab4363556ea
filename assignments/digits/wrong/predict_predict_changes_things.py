"""Adds the batch dimension to the caller's image in place.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        image.unsqueeze_(0)
        return model(image).argmax(dim=1).item()
