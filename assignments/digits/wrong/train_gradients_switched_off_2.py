"""Decorates train with torch.no_grad().

fails: train
hint: gradients-switched-off
says: no_grad
"""
# %% train
@torch.no_grad()
def train(net, loader, epochs):
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        net.train()
        total = 0.0
        for x, y in loader:
            scores = net(x)
            loss = F.cross_entropy(scores, y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
