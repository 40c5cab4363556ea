"""Leaves a bracket open.

fails: predict
hint: syntax-error
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return int(model(image.unsqueeze(0)).argmax(dim=1).item()
