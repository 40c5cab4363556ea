"""Adamax, AMSGrad's cousin."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adamax(model.parameters(), lr=0.004)
    criterion = nn.CrossEntropyLoss(reduction="mean")
    losses = []
    for _ in range(epochs):
        model = model.train()
        epoch_loss, n_batches = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            epoch_loss += loss.item()
            n_batches += 1
        losses.append(epoch_loss / n_batches)
    return losses
