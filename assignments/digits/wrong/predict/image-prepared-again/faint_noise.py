"""Adds noise that is too faint to see: the answer stays, and will not always.

says: unchanged|as it is
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model((image + 0.0001 * torch.randn_like(image)).unsqueeze(0)).argmax(dim=1).item()
