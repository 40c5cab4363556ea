"""Gradients are averaged with those of the last step by hand in a buffer of the student's own, then written into p.grad."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    memory = {}
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            model.zero_grad()
            loss.backward()
            for p in model.parameters():
                memory[p] = 0.5 * memory.get(p, torch.zeros_like(p)) + 0.5 * p.grad
                p.grad.copy_(memory[p])
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
