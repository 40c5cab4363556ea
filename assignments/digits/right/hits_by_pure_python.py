"""Counting in pure Python, with zip, lists and sum."""
# %% accuracy
def best(scores):
    scores = scores.tolist()
    return scores.index(max(scores))

def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        results = [
            best(row) == int(label)
            for images, labels in loader
            for row, label in zip(model(images), labels)
        ]
    return sum(results) / len(results) if results else 0.0
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return best(model(torch.stack([image]))[0])
