"""Binary cross-entropy with logits, one yes-or-no question per digit."""
# %% train
def train(model, loader, epochs):
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            yes_no = (labels.unsqueeze(1) == torch.arange(10, device=labels.device)).float()
            optimizer.zero_grad()
            loss = criterion(model(images), yes_no)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
