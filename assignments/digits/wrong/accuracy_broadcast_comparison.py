"""Compares argmax with keepdim, (B, 1), with labels (B,).

fails: accuracy
hint: broadcast-comparison
says: shape|keepdim
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            predicted = model(images).argmax(dim=1, keepdim=True)
            correct += (predicted == labels).sum().item()
            seen += len(labels)
    return correct / seen
