"""Draws the digit at random from the softmax probabilities, as language models do, instead of taking the highest.

fails: predict
"""
# %% predict
def predict(model, image) -> int:
    model.eval()
    with torch.no_grad():
        probabilities = F.softmax(model(image.unsqueeze(0)), dim=1)
    return torch.multinomial(probabilities, num_samples=1).item()
