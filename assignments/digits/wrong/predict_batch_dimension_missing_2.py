r"""Gives the model the bare image and takes the index of the flat maximum.

fails: predict
hint: batch-dimension-missing
says: unsqueeze\(0\)
"""
# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    scores = model(image).flatten()
    return int(torch.max(scores, 0).indices)
