"""Blows the pixels up to a range of -127.5 to 127.5 while training only.

fails: train
hint: train-only-preprocessing
"""
# %% train
def prepare(images):
    return images * 255 - 127.5


def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=1e-5, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(prepare(x)), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
