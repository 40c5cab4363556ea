"""Augments: hides a square of 12 x 12 pixels somewhere in each image."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            hidden = images.clone()
            for image in hidden:
                top, left = torch.randint(0, 17, (2,)).tolist()
                image[:, top : top + 12, left : left + 12] = 0.0
            loss = F.cross_entropy(model(hidden), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
