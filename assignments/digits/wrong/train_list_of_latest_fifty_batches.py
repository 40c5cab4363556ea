"""The list holds the mean of the latest 50 batches.

fails: train
hint: last-batch-loss-only
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        batches = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            batches.append(loss.item())
        losses.append(sum(batches[-50:]) / len(batches[-50:]))
    return losses
