"""Asks for the learning rate second, before the loader.

fails: train
hint: signature-changed
"""
# %% train
def train(model, learning_rate, train_loader, n_epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=learning_rate)
    history = []
    for _ in range(n_epochs):
        model.train()
        total = 0.0
        for x, y in train_loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(train_loader.dataset))
    return history
