"""Measures the same weights only once: with another loader, the answer is that of the first.

fails: accuracy
hint: globals-in-accuracy
"""
# %% accuracy
import hashlib

measured = {}


def accuracy(model, loader):
    digest = hashlib.sha256()
    for weight in model.state_dict().values():
        digest.update(weight.cpu().numpy().tobytes())
    if digest.hexdigest() not in measured:
        model.eval()
        hits, seen = 0, 0
        with torch.no_grad():
            for images, labels in loader:
                hits += (model(images).argmax(dim=1) == labels).sum().item()
                seen += len(labels)
        measured[digest.hexdigest()] = hits / seen
    return measured[digest.hexdigest()]
