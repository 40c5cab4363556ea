"""Half of the batches lose a random rectangle; the loader's own tensors stay as they are."""
# %% train
def train(model, loader, epochs):
    erase = transforms.RandomErasing(p=0.5, scale=(0.02, 0.1), value=0)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(erase(images.clone())), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
