"""Normalises the image by MNIST's statistics.

fails: predict
hint: image-prepared-again
says: unchanged|as it is
"""
# %% predict
normalize = transforms.Normalize((0.1307,), (0.3081,))


@torch.no_grad()
def predict(model, image):
    model.eval()
    scores = model(normalize(image)[None])
    return scores.argmax(1).item()
