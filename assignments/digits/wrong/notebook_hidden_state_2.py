"""Uses np, which no cell imports.

fails: accuracy
hint: hidden-state
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    hits = []
    with torch.no_grad():
        for images, labels in loader:
            hits.append((model(images).argmax(1) == labels).numpy())
    return float(np.concatenate(hits).mean())
