"""Uses a setting of its own in place of the argument.

fails: train
hint: epochs-ignored
"""
# %% extra
EPOCHS = 5
LEARNING_RATE = 0.1

# %% train
def train(model, loader, epochs=EPOCHS):
    sgd = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    history = []
    while len(history) < EPOCHS:
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
