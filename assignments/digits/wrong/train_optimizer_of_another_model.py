"""Creates the optimiser in a cell of its own, from another model.

fails: train
hint: optimizer-of-another-model
"""
# %% extra
net = DigitClassifier()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=0.001)

# %% train
def train(model, loader, epochs):
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            model.zero_grad()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
