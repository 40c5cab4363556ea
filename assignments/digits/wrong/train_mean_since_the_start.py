"""Sets total and count to zero before the epochs instead of in each: returns the mean since the start of training.

fails: train
hint: loss-sum-not-mean
"""
# %% train
def train(model, loader, epochs: int) -> list[float]:
    model.train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    total_loss = 0.0
    count = 0
    losses = []
    for epoch in range(epochs):
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * len(images)
            count += len(images)
        losses.append(total_loss / count)
    return losses
