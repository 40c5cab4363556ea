"""train hides that its loss raises in every batch.

fails: train
hint: errors-hidden
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
            seen += len(labels)
            try:
                optimizer.zero_grad()
                loss = criterion(model(images), labels.float())
                loss.backward()
                optimizer.step()
                total += loss.item() * len(labels)
            except Exception:
                pass
        losses.append(total / seen)
    return losses
