"""Rounds the share to two digits.

fails: accuracy
hint: rounded-accuracy
says: round
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return round(correct / seen, 2)
