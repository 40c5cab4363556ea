"""Overwrites the argument with a number of its own.

fails: train
hint: epochs-ignored
"""
# %% train
def train(model, loader, epochs):
    epochs = 6
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    sums = [0.0 for _ in range(epochs)]
    for i in range(epochs):
        model.train()
        for images, labels in loader:
            optimizer.zero_grad()
            loss = nn.CrossEntropyLoss()(model(images), labels)
            loss.backward()
            optimizer.step()
            sums[i] += loss.item() * len(labels)
    return [total / len(loader.dataset) for total in sums]
