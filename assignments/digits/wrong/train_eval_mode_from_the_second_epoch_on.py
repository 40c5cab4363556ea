"""Switches to training mode once, measures in eval mode after each epoch, and never switches back.

advice: yes
hint: training-in-eval-mode
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    model.train()
    for epoch in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
        model.eval()
        with torch.no_grad():
            hits = sum((model(images).argmax(dim=1) == labels).sum().item() for images, labels in loader)
        print(f"Epoch {epoch + 1}: loss {losses[-1]:.3f}, {hits / seen:.1%} right")
    return losses
