"""The single image is not made a batch of one.

fails: predict
hint: batch-dimension-missing
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image).argmax().item()
