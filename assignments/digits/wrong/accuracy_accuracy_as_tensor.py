r"""Never calls item, so that the share is a tensor.

fails: accuracy
hint: accuracy-as-tensor
says: \.item\(\)|float
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum()
            seen += len(labels)
    return correct / seen
