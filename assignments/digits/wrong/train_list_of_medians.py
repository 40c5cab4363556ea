"""The list holds the median of each epoch's batches.

fails: train
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
        losses.append(sorted(batches)[len(batches) // 2])
    return losses
