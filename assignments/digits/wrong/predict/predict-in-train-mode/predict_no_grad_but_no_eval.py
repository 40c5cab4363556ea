"""Believes that no_grad switches everything off and never calls eval.
"""
# %% predict
def predict(model, image):
    # no_grad = we are only testing, not training
    with torch.no_grad():
        batch = torch.unsqueeze(image, 0)
        out = model(batch)
        digit = out.max(1)[1]
    return digit.item()
