"""Turns the scores into probabilities, prints how sure it is, and returns the digit."""
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(dim=0))
        probs = F.softmax(logits, dim=1)
    conf, digit = torch.max(probs, dim=1)
    print(f"I think this is a {digit.item()} ({conf.item():.1%} sure)")
    return digit.item()
