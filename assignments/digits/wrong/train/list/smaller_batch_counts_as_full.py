"""Multiplies each batch mean by loader.batch_size: the last batch weighs too much, and the sum is divided by the digits.

fails: train
hint:
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * loader.batch_size
        losses.append(total / len(loader.dataset))
    return losses
