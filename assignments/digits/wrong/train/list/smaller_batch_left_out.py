"""The list holds the mean of the full batches alone.

fails: train
hint:
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        batch_losses = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            if len(labels) == loader.batch_size or not batch_losses:
                batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
