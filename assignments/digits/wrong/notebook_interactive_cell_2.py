"""train asks for the learning rate.

fails: train
hint: interactive-cell
"""
# %% train
def train(model, loader, epochs):
    rate = float(input("Learning rate: "))
    optimizer = torch.optim.Adam(model.parameters(), lr=rate)
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
    return losses
