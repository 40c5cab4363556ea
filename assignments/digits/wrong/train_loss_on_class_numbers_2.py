"""Gives the mean squared error all ten scores and the label.

fails: train
hint: loss-on-class-numbers
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.mse_loss(model(x), y.float())
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        losses.append(total / len(loader.dataset))
    return losses
