"""Prints which pixels the answer hangs on (the slope of the best score), through a copy of the image."""
# %% predict
def predict(model, image):
    was_training = model.training
    model.eval()
    looked = image.detach().clone().unsqueeze(0).requires_grad_(True)
    with torch.enable_grad():
        scores = model(looked)
        slope, = torch.autograd.grad(scores.max(), looked, allow_unused=True)
    if slope is not None:
        row, column = divmod(int(slope.abs().sum(dim=1).argmax()), image.shape[-1])
        print(f"The pixel in row {row}, column {column} counts most.")
    model.train(was_training)
    return int(scores.detach().argmax())
