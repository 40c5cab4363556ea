r"""Never calls model.eval().

fails: accuracy
hint: accuracy-in-train-mode
says: \.eval\(\)
"""
# %% accuracy
def accuracy(model, loader):
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            correct += (model(images).argmax(dim=1) == labels).sum().item()
            seen += len(labels)
    return correct / seen
