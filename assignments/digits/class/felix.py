"""Accuracy in percent.

fails: accuracy
hint: not-a-share
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right = 0
    total = 0
    with torch.no_grad():
        for images, labels in loader:
            guesses = model(images).argmax(1)
            right += (guesses == labels).sum().item()
            total += labels.size(0)
    return 100 * right / total
