"""Tries predict in a copy of its cell, and leaves both in.

advice: yes
hint: stub-cell-copied
"""
# %% extra
# YOUR TURN: predict
def predict(model, image):
    """The digit, 0 to 9, that `model` sees in one image of shape (1, 28, 28)."""
    return model(image).argmax()

# %% predict
def predict(model, image):
    """The digit, 0 to 9, that `model` sees in one image of shape (1, 28, 28)."""
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax().item()
