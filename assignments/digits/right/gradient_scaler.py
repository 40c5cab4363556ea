"""A GradScaler that is switched off without a GPU."""
# %% train
def train(model, loader, epochs):
    use_amp = torch.cuda.is_available()
    device = "cuda" if use_amp else "cpu"
    model.to(device)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    scaler = torch.amp.GradScaler(device, enabled=use_amp)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            images = images.to(device, non_blocking=True)
            labels = labels.to(device, non_blocking=True)
            optimizer.zero_grad()
            with torch.autocast(device_type=device, enabled=use_amp):
                loss = criterion(model(images), labels)
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            total += loss.item() * labels.size(0)
            seen += labels.size(0)
        losses.append(total / seen)
    return losses
