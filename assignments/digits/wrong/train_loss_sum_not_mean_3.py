"""Divides by the size of a batch where it should divide by the number of items.

fails: train
hint: loss-sum-not-mean
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        items = []
        for images, labels in loader:
            per_item = F.cross_entropy(model(images), labels, reduction="none")
            optimizer.zero_grad()
            per_item.mean().backward()
            optimizer.step()
            items.extend(per_item.tolist())
        losses.append(sum(items) / loader.batch_size)
    return losses
