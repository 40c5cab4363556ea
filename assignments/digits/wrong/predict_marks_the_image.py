"""Switches requires_grad on for the caller's image and leaves gradients in image and model.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    image.requires_grad_(True)
    scores = model(image.unsqueeze(0))
    scores.max().backward()          # for a saliency map later
    return scores.argmax(dim=1).item()
