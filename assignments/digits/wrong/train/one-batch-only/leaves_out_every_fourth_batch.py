"""Leaves out every fourth batch.

fails: train
hint: one-batch-only
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for number, (images, labels) in enumerate(loader):
            if number % 4 == 3:
                continue
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
