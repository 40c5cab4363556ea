"""Returns the highest score itself, cut to a whole number.

says: argmax
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return int(model(image.unsqueeze(0)).max())
