r"""Never calls model.eval().

fails: predict
hint: predict-in-train-mode
says: \.eval\(\)
"""
# %% predict
def predict(model, image):
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
