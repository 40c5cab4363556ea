"""Adagrad."""
# %% train
def train(model, loader, epochs):
    ce = nn.CrossEntropyLoss()
    ada = torch.optim.Adagrad(model.parameters(), lr=0.02)
    losses = []
    model.train()
    for _ in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            ada.zero_grad()
            loss = ce(model(images), labels)
            loss.backward()
            ada.step()
            total, seen = total + loss.item() * len(labels), seen + len(labels)
        losses.append(total / seen)
    return losses
