"""Creates the criterion but never calls it.

fails: train
hint: loss-object-misused
"""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        running = 0.0
        for x, y in loader:
            scores = model(x)
            loss = nn.CrossEntropyLoss()
            opt.zero_grad()
            loss.backward()
            opt.step()
            running += loss.item() * len(y)
        history.append(running / len(loader.dataset))
    return history
