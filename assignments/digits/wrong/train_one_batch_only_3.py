"""Fetches one batch before the loops and trains on it in every epoch.

fails: train
hint: one-batch-only
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    batch = next(iter(loader))
    images, labels = batch[0], batch[1]
    losses = []
    model.train()
    for epoch in range(epochs):
        optimizer.zero_grad()
        scores = model(images)
        loss = nn.CrossEntropyLoss()(scores, labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
