"""Left from trying things out: only the first 1,000 digits of the loader are learnt from.

fails: train
hint: one-batch-only
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    few = torch.utils.data.Subset(loader.dataset, range(min(1000, len(loader.dataset))))
    loader = DataLoader(few, batch_size=loader.batch_size)
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
