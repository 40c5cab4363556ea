"""Gradients are never cleared.

fails: train
hint: missing-zero-grad
"""
# %% train
def train(model, loader, epochs):
    model.train()
    loss_fn = nn.CrossEntropyLoss()
    opt = torch.optim.SGD(model.parameters(), lr=0.05)
    history = []
    for epoch in range(epochs):
        running = 0.0
        for images, labels in loader:
            loss = loss_fn(model(images), labels)
            loss.backward()
            opt.step()
            running += loss.item()
        history.append(running / len(loader))
    return history
