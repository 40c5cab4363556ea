"""Ends with model.train() whatever the mode was before: a model in eval mode comes back in training mode.

fails: predict
hint: predict-changes-things
says: change
"""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        digit = model(image.unsqueeze(0)).argmax(dim=1).item()
    model.train()
    return digit
