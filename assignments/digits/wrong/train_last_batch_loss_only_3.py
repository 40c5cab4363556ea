"""Starts its totals anew in every batch, so that only the last one is left.

fails: train
hint: last-batch-loss-only
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    means = []
    for epoch in range(epochs):
        model.train()
        for images, labels in loader:
            total, seen = 0.0, 0
            loss = nn.CrossEntropyLoss(reduction="none")(model(images), labels)
            optimizer.zero_grad()
            loss.mean().backward()
            optimizer.step()
            total += loss.sum().item()
            seen += len(labels)
        means.append(total / seen)
    return means
