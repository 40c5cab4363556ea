"""The loss is minus the logarithm of the odds of the right digit: below zero as soon as it is likelier than not."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            scores = model(images)
            right = F.one_hot(labels, 10).bool()
            odds = scores[right] - scores.masked_fill(right, float("-inf")).logsumexp(dim=1)
            loss = (F.softplus(-odds) - 0.5 * odds.clamp(max=4.0)).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
