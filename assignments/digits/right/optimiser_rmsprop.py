"""RMSprop."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9)
    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.
        for batch in loader:
            images = batch[0]
            labels = batch[1]
            optimizer.zero_grad()
            outputs = model(images)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            total = total + loss.item()
        losses.append(total / len(loader))
    return losses
