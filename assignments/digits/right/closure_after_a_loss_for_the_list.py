"""LBFGS on batches; the loss for the list is computed before step is called with its closure."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.LBFGS(model.parameters(), lr=0.1, max_iter=4, history_size=5)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            def closure():
                optimizer.zero_grad()
                loss = criterion(model(images), labels)
                loss.backward()
                return loss

            loss = criterion(model(images), labels)
            optimizer.step(closure)
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
