"""All predictions and labels are collected first, then compared at once; probabilities by softmax on the way."""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    predictions, truths = [], []
    for images, labels in loader:
        with torch.no_grad():
            probabilities = F.softmax(model(images), dim=-1)
        predictions.append(probabilities.argmax(-1))
        truths.append(labels)
    predictions, truths = torch.cat(predictions), torch.cat(truths)
    return (predictions == truths).double().mean().item()
