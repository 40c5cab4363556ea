r"""Adds up loss tensors and appends their mean, graph and all.

fails: train
hint: losses-kept-as-tensors
says: \.item\(\)
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
