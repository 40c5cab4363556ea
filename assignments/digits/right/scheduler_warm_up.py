"""A linear warm-up over the first twenty batches, exponential decay per epoch afterwards."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    warm_up = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / 20))
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            warm_up.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        for i in range(len(warm_up.base_lrs)):
            warm_up.base_lrs[i] *= 0.9
        losses.append(total / seen)
    return losses
