"""Calls backward on one loss per image.

fails: train
hint: backward-needs-one-loss
"""
# %% train
def train(model, loader, epochs):
    loss_fn = nn.CrossEntropyLoss(reduction="none")
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    means = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = loss_fn(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.sum().item()
        means.append(total / len(loader.dataset))
    return means
