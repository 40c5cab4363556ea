"""Measures without no_grad.

advice: yes
hint: gradients-kept
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    for images, labels in loader:
        correct += (model(images).argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return correct / seen
