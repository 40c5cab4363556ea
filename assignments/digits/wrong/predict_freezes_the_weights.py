"""Switches requires_grad off for all weights and leaves it off.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    model.requires_grad_(False)
    return int(model(image[None]).argmax())
