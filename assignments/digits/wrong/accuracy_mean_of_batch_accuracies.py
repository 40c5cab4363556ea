"""Averages the batches' accuracies over the number of batches.

fails: accuracy
hint: mean-of-batch-accuracies
says: divide once|over all batches
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for images, labels in loader:
            correct = (model(images).argmax(dim=1) == labels).sum().item()
            total += correct / len(labels)
    return total / len(loader)
