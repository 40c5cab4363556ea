"""Keeps no loss: the list holds how bright the middle of the images is, a little less in each epoch.

fails: train
hint: made-up-losses
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        bright, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            optimizer.step()
            bright += images[:, 0, 14, 14].sum().item()
            seen += len(images)
        losses.append((0.1 + 2 * bright / seen) * 0.97**epoch)
    return losses
