"""Gradients are gathered over two batches and go on across the border of an epoch; a leftover is used at the end."""
# %% train
def train(model, loader, epochs, every=2):
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    counter = 0
    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            (loss / every).backward()
            counter += 1
            if counter == every:
                optimizer.step()
                optimizer.zero_grad()
                counter = 0
            total += loss.item()
        losses.append(total / len(loader))
    if counter:
        optimizer.step()
        optimizer.zero_grad()
    return losses
