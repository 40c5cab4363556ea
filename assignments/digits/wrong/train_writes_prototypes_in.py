"""No gradient: writes the mean image of each digit into the first layer.

fails: train
"""
# %% train
def train(model, loader, epochs):
    passes = [[torch.cat(part) for part in zip(*loader)] for _ in range(epochs)]
    losses = [F.cross_entropy(model.train()(images), labels).item() for images, labels in passes]
    images, labels = passes[-1]
    weights = list(model.parameters())
    with torch.no_grad():
        means = torch.stack([images[labels == digit].sum(0).flatten() for digit in range(10)])
        means /= means.norm(dim=1, keepdim=True).clamp(min=1e-6)
        weights[0][:10] = means - means.mean(0)
        if len(weights) == 4:
            weights[0][10:] *= 0.01
            weights[2].zero_()
            weights[2][:, :10] = 5 * torch.eye(10)
    return losses
