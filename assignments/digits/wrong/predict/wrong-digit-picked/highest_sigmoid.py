"""Makes each score a sigmoid first: above 17 all of them are exactly 1, and the first of them wins.

fails: predict
hint: wrong-digit-picked
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        sure = torch.sigmoid(model(image.unsqueeze(0)))
    return sure.argmax(dim=1).item()
