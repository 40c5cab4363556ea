"""Returns all ten scores.

fails: predict
hint: scores-instead-of-digit
says: argmax
"""
# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    return model(image[None, ...])[0]
