"""Takes argmax over dim 0, which is always 0 for one image.

fails: predict
hint: wrong-digit-picked
says: argmax
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.inference_mode():
        answers = model(image.unsqueeze(0)).argmax(dim=0)
    return int(answers[0])
