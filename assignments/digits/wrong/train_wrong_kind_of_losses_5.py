"""Returns the losses as texts.

fails: train
hint: wrong-kind-of-losses
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters())
    report = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        report.append(f"{total / seen:.4f}")
    return report
