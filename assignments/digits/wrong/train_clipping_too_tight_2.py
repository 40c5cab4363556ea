"""Clips every gradient value to 1e-6 by hand.

fails: train
hint: clipping-too-tight
"""
# %% train
LIMIT = 1e-6


def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            sgd.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            for weight in model.parameters():
                weight.grad.clamp_(-LIMIT, LIMIT)
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
