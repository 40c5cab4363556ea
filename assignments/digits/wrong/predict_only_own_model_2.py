r"""Finds the device by the weights of its own first layer.

fails: predict
hint: only-own-model
says: any model|model\(\.\.\.\)
"""
# %% predict
@torch.no_grad()
def predict(model, image):
    model.eval()
    batch = image.unsqueeze(0).to(model.hidden.weight.device)
    return int(model(batch).argmax())
