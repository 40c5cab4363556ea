"""Calls item on all ten scores.

fails: predict
hint: scores-instead-of-digit
says: argmax
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.inference_mode():
        probabilities = F.softmax(model(image.unsqueeze(0)), dim=1)
    return probabilities.item()
