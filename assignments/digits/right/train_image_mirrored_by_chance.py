"""Augments: mirrors each image by chance, and makes it lighter or darker by chance."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            mirrored = torch.where(torch.rand(len(images), 1, 1, 1) < 0.3, images.flip(-1), images)
            loss = F.cross_entropy(model(mirrored * (0.7 + 0.6 * torch.rand(len(images), 1, 1, 1))), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
