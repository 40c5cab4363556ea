"""Puts the first weights back at the start of each epoch.

fails: train
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    start = {name: value.clone() for name, value in model.state_dict().items()}
    for epoch in range(epochs):
        model.train()
        model.load_state_dict(start)
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
