"""Compares the scores themselves with the labels.

fails: accuracy
hint: no-argmax
says: argmax
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images) == labels).sum().item()
            seen += len(labels)
    return correct / seen
