"""Prints the digit and returns nothing.

fails: predict
hint: prediction-not-an-int
says: int
"""
# %% predict
def predict(model, image):
    model.eval()
    batch = image.reshape(1, 1, 28, 28)
    with torch.inference_mode():
        _, digit = model(batch).max(dim=1)
    print("This is a", digit.item())
