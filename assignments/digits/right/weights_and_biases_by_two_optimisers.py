"""Matrices are trained by SGD with momentum, biases by Adam; each group is simply picked by its number of dimensions."""
# %% train
def train(model, loader, epochs):
    for_weights = torch.optim.SGD([p for p in model.parameters() if p.dim() > 1], lr=0.05, momentum=0.9)
    for_biases = torch.optim.Adam([p for p in model.parameters() if p.dim() <= 1], lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            for_weights.zero_grad()
            for_biases.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            for_weights.step()
            for_biases.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
