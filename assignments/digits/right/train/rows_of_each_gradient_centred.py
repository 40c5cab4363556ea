"""The mean of each row is taken off every gradient of a matrix, by hooks."""
# %% train
def centred(gradient):
    return gradient - gradient.mean(dim=1, keepdim=True)


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    hooks = [weight.register_hook(centred) for weight in model.parameters() if weight.dim() == 2 and weight.shape[1] > 1]
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    for hook in hooks:
        hook.remove()
    return losses
