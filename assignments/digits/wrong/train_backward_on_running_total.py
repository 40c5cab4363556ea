"""Calls backward on the running total.

fails: train
hint: backward-on-running-total
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total_loss = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            total_loss = total_loss + criterion(model(images), labels) * len(labels)
            total_loss.backward()
            optimizer.step()
        losses.append(total_loss.item() / len(loader.dataset))
    return losses
