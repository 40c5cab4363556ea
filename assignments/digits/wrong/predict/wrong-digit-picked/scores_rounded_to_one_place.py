"""Rounds the scores to one decimal place to print them, and looks for the highest of the rounded ones.

fails: predict
hint: wrong-digit-picked
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        scores = [round(score, 1) for score in model(image.unsqueeze(0))[0].tolist()]
    print(scores)
    return scores.index(max(scores))
