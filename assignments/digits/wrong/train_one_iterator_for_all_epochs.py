"""Makes one iterator and uses it for all epochs.

fails: train
hint: one-iterator-for-all-epochs
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    batches = iter(loader)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        losses.append(total / len(loader.dataset))
    return losses
