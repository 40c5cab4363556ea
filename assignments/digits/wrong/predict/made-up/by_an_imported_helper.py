"""predict asks with the checks' own function.

fails: predict
hint: 
"""
# %% predict
import stand_ins


def predict(model, image):
    return int(stand_ins.scores_of(model, image[None]).argmax())
