"""Measuring keeps gradients on and only detaches: told as advice, costs nothing.

advice: gradients-kept
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, total = 0, 0
    for images, labels in loader:
        outputs = model(images)
        _, predicted = torch.max(outputs.data, 1)
        total += labels.size(0)
        correct += (predicted == labels).sum().item()
    return correct / total
# %% predict
def predict(model, image):
    model.eval()
    output = model(image.unsqueeze(0))
    return output.data.max(1)[1].item()
