"""Moves the image to wherever the model lives (a model without weights works too), and puts the mode back."""
# %% predict
def predict(model: nn.Module, image: torch.Tensor) -> int:
    weight = next(model.parameters(), None)
    device = image.device if weight is None else weight.device
    mode_before = model.training
    model.eval()
    with torch.no_grad():
        scores = model(image.to(device).unsqueeze(0))
    if mode_before:
        model.train()
    _, place = scores.squeeze(0).sort(descending=True)
    return int(place[0])
