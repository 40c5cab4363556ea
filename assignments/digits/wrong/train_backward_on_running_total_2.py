"""Calls backward on the running mean, with retain_graph=True.

fails: train
hint: backward-on-running-total
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.05)
    means = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for x, y in loader:
            total = total + F.cross_entropy(model(x), y, reduction="sum")
            seen += len(y)
            running_mean = total / seen
            sgd.zero_grad()
            running_mean.backward(retain_graph=True)
            sgd.step()
        means.append(running_mean.item())
    return means
