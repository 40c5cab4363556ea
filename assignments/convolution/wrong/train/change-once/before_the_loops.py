"""Changes all images once, before the first epoch.

says: each epoch
"""


# %% train
def train(model, loader, epochs, change=None):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    batches = [(images if change is None else change(images), labels) for images, labels in loader]
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
