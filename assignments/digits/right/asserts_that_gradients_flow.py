"""A safety net of the student's own: after the first backward it asserts that some gradient is not zero."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for number, (images, labels) in enumerate(loader):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            if epoch == 0 and number == 0:
                assert any(p.grad is not None and p.grad.abs().sum() > 0 for p in model.parameters()), "no gradient arrives!"
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
