"""Sets maximize=True.

fails: train
hint: climbs-instead-of-descends
"""
# %% train
def train(model, loader, epochs):
    # maximize: we want the best result
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.001, maximize=True)
    curve = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(labels)
        curve.append(total / len(loader.dataset))
    return curve
