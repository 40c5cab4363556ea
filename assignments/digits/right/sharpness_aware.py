"""Sharpness-aware minimisation: a climb, a second gradient, and only then the step."""
# %% train
def train(model, loader, epochs, rho=0.05):
    params = list(model.parameters())
    optimizer = torch.optim.SGD(params, lr=0.1, momentum=0.9)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            # 1. climb to the worst neighbour
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            with torch.no_grad():
                norm = torch.stack([p.grad.norm() for p in params]).norm() + 1e-12
                climbs = [rho * p.grad / norm for p in params]
                for p, c in zip(params, climbs):
                    p.add_(c)
            # 2. gradient up there, step from down here
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            with torch.no_grad():
                for p, c in zip(params, climbs):
                    p.sub_(c)
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
