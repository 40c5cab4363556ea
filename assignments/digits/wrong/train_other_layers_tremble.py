"""Learns with the last layer only, and shakes the others a little at random.

fails: train
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(list(model.parameters())[-2:], lr=0.01)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for weight in list(model.parameters())[:-2]:
                    weight += 1e-6 * torch.randn_like(weight)
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
