"""Every tenth batch is held out for validation, and the weights that do best on it are restored."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses, best, best_state = [], None, None
    # fixed split, so that validation digits are never trained on even if the loader shuffles
    batches = list(loader)
    valid = batches[9::10]
    train_batches = [b for i, b in enumerate(batches) if i % 10 != 9]
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for k in torch.randperm(len(train_batches)).tolist():
            images, labels = train_batches[k]
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)

        model.eval()
        with torch.no_grad():
            hits = sum((model(x).argmax(1) == y).sum().item() for x, y in valid)
        if valid and (best is None or hits >= best):
            best = hits
            best_state = {k: v.clone() for k, v in model.state_dict().items()}
        print(f"epoch {epoch}: training loss {losses[-1]:.3f}, validation hits {hits}")
    if best_state is not None:
        model.load_state_dict(best_state)
    return losses
