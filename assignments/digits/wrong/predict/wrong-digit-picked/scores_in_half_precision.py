"""Keeps the scores in half precision: close ones become equal, and the first of them wins.

fails: predict
hint: wrong-digit-picked
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).half().argmax(dim=1).item()
