"""Asks a global model.

fails: predict
hint: globals-in-predict
says: `model` and the `image`|arguments
"""
# %% extra
net = DigitClassifier()

# %% predict
def predict(model, image):
    net.eval()
    with torch.no_grad():
        return net(image.unsqueeze(0)).argmax(dim=1).item()
