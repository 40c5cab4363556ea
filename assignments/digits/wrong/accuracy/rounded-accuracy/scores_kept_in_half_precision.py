"""Keeps all scores in half precision to save memory: close ones become equal, and the first of them wins.

fails: accuracy
hint: rounded-accuracy
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        pairs = [(model(images).half(), labels) for images, labels in loader]
    scores, labels = (torch.cat(part) for part in zip(*pairs))
    return (scores.argmax(dim=1) == labels).double().mean().item()
