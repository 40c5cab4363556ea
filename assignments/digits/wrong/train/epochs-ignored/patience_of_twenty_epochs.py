"""Stops after twenty epochs without progress, and returns fewer losses than there are epochs.

fails: train
hint: epochs-ignored
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses, best, waited = [], float("inf"), 0
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
        if losses[-1] < best - 1e-4:
            best, waited = losses[-1], 0
        else:
            waited += 1
        if waited == 20:
            print("No progress for 20 epochs: stopped.")
            break
    return losses
