"""Each call adds a hook to the model and never takes it away: it gets slower, and can no longer be saved whole.

fails: predict
hint: predict-changes-things
"""
# %% predict
def predict(model, image):
    model.eval()
    caught = []
    model.register_forward_hook(lambda net, given, scores: caught.append(scores.detach()))
    with torch.no_grad():
        model(image.unsqueeze(0))
    return int(caught[-1].argmax())
