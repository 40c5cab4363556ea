"""predict calls all but the norm.

fails: predict
hint: 
"""
# %% predict
def predict(model, image):
    model.eval()
    parts = [part for part in model.children() if not isinstance(part, nn.BatchNorm2d)]
    return int(nn.Sequential(*parts[:-1], nn.Flatten(), parts[-1])(image[None]).argmax())
