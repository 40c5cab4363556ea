"""The loss is summed over the batch, with a rate that fits a sum; the list holds means all the same."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=0.002, momentum=0.5)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
            seen += len(labels)
        losses.append(total / seen)
    return losses
