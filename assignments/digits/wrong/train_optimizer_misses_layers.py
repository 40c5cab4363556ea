"""Gives the optimiser the last layer's weights only.

fails: train
hint: optimizer-misses-layers
calibrate: yes
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    last_layer = list(model.parameters())[-2:]
    optimizer = torch.optim.Adam(last_layer, lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            model.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
