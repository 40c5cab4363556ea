"""predict calls the last layer alone, on the flat pixels.

fails: predict
hint: 
"""
# %% predict
def predict(model, image):
    return int(list(model.eval().modules())[-1](image.flatten()[None]).argmax())
