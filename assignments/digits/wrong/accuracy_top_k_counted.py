"""Counts a label among the best three.

fails: accuracy
hint: top-k-counted
says: highest score
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct, seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            best = model(images).topk(3, dim=1).indices
            correct += (best == labels.unsqueeze(1)).any(dim=1).sum().item()
            seen += len(labels)
    return correct / seen
