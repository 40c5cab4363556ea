"""Divides by all digits to get the epoch's mean, and learns from the tiny share.

fails: train
hint: loss-divided-again
"""
# %% train
def train(model, loader, epochs):
    n = len(loader.dataset)
    opt = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    losses = []
    for _ in range(epochs):
        model.train()
        epoch_loss = 0.0
        for x, y in loader:
            share = F.cross_entropy(model(x), y) / n
            opt.zero_grad()
            share.backward()
            opt.step()
            epoch_loss += share.item() * len(y)
        losses.append(epoch_loss)
    return losses
