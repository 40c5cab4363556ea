r"""Asks a whole batch one yes-or-no question.

fails: accuracy
hint: hits-not-counted
says: \.sum\(\)
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            if model(images).argmax(dim=1) == labels:
                correct += 1
            seen += len(labels)
    return correct / seen
