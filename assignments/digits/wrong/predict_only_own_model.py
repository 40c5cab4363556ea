r"""Calls the layers of its own model by name.

fails: predict
hint: only-own-model
says: any model|model\(\.\.\.\)
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        pixels = image.reshape(1, 784)
        return model.scores(F.relu(model.hidden(pixels))).argmax(dim=1).item()
