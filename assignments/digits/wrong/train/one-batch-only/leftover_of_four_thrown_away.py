"""Gathers four batches for a step; what is left over at the end of an epoch is cleared before the next one begins."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    losses = []
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        total, seen = 0.0, 0
        for step, (images, labels) in enumerate(loader, start=1):
            loss = F.cross_entropy(model(images), labels)
            (loss / 4).backward()
            if step % 4 == 0:
                optimizer.step()
                optimizer.zero_grad()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
