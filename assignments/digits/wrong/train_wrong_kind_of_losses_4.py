"""Returns the losses as one torch tensor.

fails: train
hint: wrong-kind-of-losses
"""
# %% train
def train(model, loader, epochs):
    rms = torch.optim.RMSprop(model.parameters(), lr=0.001)
    losses = torch.zeros(epochs)
    for i in range(epochs):
        model.train()
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            rms.zero_grad()
            loss.backward()
            rms.step()
            losses[i] += loss.item() * len(y) / len(loader.dataset)
    return losses
