"""train sets a seed, and gives the optimiser named parameters."""
# %% train
def train(model, loader, epochs, seed=42):
    torch.manual_seed(seed)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.named_parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train(True)
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
