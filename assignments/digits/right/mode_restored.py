"""accuracy and predict put the earlier mode back, by a context manager in an extra cell."""
# %% extra
from contextlib import contextmanager

@contextmanager
def evaluating(model):
    """eval mode and no gradients inside, the old mode afterwards"""
    before = model.training
    model.eval()
    try:
        with torch.no_grad():
            yield model
    finally:
        model.train(before)
# %% accuracy
def accuracy(model, loader):
    with evaluating(model) as m:
        n_right = sum((m(x).argmax(dim=1) == y).sum().item() for x, y in loader)
    return n_right / len(loader.dataset)
# %% predict
def predict(model, image):
    with evaluating(model) as m:
        return m(image.unsqueeze(0)).argmax(dim=1).item()
