"""Asks a global model.

fails: accuracy
hint: globals-in-accuracy
says: `model` and the `loader`|arguments
"""
# %% extra
net = DigitClassifier()

# %% accuracy
def accuracy(model, loader):
    net.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (net(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return correct / seen
