"""NAdam."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.NAdam(model.parameters(), lr=0.002)
    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() / len(loader)
        losses.append(total)
    return losses
