"""Clears the model's gradients, "to be safe": between backward and step, what was learnt is lost.

fails: predict
hint: predict-changes-things
"""
# %% predict
def predict(model, image):
    model.eval()
    model.zero_grad()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
