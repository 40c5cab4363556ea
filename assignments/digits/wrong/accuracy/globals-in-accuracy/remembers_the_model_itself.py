"""Measures each model only once for the same weights: the answer for another loader is that for the first.

fails: accuracy
hint: globals-in-accuracy
"""
# %% accuracy
measured = {}


def accuracy(model, loader):
    key = id(model), sum(float(weight.double().sum()) for weight in model.state_dict().values())
    if key not in measured:
        model.eval()
        hits, seen = 0, 0
        with torch.no_grad():
            for images, labels in loader:
                hits += (model(images).argmax(dim=1) == labels).sum().item()
                seen += len(labels)
        measured[key] = hits / seen
    return measured[key]
