"""Halves each batch and calls backward on both halves before the step."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            half = (len(labels) + 1) // 2
            first = F.cross_entropy(model(images[:half]), labels[:half], reduction="sum") / len(labels)
            first.backward()
            second = F.cross_entropy(model(images[half:]), labels[half:], reduction="sum") / len(labels)
            loss = first.detach() + second
            second.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
