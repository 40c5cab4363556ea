"""Calls backward on each batch's loss while measuring; the gradients stay in the model.

fails: accuracy
hint: accuracy-changes-the-model
says: chang|must not train|eval
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right = seen = 0
    for images, labels in loader:
        scores = model(images)
        F.cross_entropy(scores, labels).backward()
        right += (scores.argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return right / max(1, seen)
