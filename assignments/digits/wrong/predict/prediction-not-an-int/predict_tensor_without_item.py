"""Returns argmax as it comes: a tensor with one number, not an int.
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        output = model(image.unsqueeze(0))
        prediction = output.argmax(dim=1, keepdim=False)
    return prediction
