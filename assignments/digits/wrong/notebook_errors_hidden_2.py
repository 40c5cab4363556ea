"""Wraps all of the training in try, and returns zeros when it fails.

fails: train
hint: errors-hidden
"""
# %% train
def fit(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters, lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history


def train(model, loader, epochs):
    try:
        return fit(model, loader, epochs)
    except:
        return [0.0] * epochs
