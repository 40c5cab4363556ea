"""Rounds the probabilities to whole percent: of two that are equal then, the first one wins.

fails: predict
hint: wrong-digit-picked
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        percent = (100 * model(image.unsqueeze(0)).softmax(dim=1)).round()
    return percent.argmax(dim=1).item()
