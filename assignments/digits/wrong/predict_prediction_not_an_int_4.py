"""Returns the digit as text.

fails: predict
hint: prediction-not-an-int
says: int
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        digit = model(torch.stack([image])).argmax(dim=1).item()
    return f"{digit}"
