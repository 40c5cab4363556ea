"""One step in each epoch.

also: whole
"""


# %% train
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            if change is not None:
                images = change(images)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            total += loss.item()
        optimizer.step()
        losses.append(total / len(loader))
    return losses
