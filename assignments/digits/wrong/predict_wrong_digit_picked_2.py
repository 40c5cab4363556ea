"""Adds 1, as if the classes were counted from 1.

fails: predict
hint: wrong-digit-picked
says: argmax
"""
# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    best = model(image[None]).topk(1).indices.item()
    return best + 1
