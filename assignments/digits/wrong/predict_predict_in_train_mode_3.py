r"""Calls model.train() before the model looks, and eval() after it.

fails: predict
hint: predict-in-train-mode
says: \.eval\(\)
"""
# %% predict
def predict(model, image):
    model.train()
    with torch.inference_mode():
        scores = model(image.reshape(1, 1, 28, 28)).flatten().tolist()
    model.eval()
    return scores.index(max(scores))
