"""Rounds the pixels to 256 levels for a picture afterwards, in the caller's own tensor.

says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        digit = model(image.unsqueeze(0)).argmax(dim=1).item()
    image.mul_(255).round_().div_(255)
    return digit
