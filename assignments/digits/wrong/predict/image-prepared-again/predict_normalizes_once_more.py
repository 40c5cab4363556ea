"""Applies Normalize to an image that is ready already.
"""
# %% predict
normalize = transforms.Normalize((0.1307,), (0.3081,))

def predict(model, image):
    model.eval()
    x = normalize(image)          # same as in the tutorial
    with torch.no_grad():
        return int(model(x.unsqueeze(0)).argmax(dim=1))
