"""Adds the length of each image's own gradient to the loss."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            pixels = images.clone().requires_grad_()
            base = F.cross_entropy(model(pixels), labels)
            slope = torch.autograd.grad(base, pixels, create_graph=True)[0]
            loss = base + 0.5 * slope.flatten(1).norm(dim=1).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
