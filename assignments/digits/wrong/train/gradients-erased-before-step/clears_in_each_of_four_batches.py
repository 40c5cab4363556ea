"""Gathers four batches for a step, but clears the gradients in every batch: three of four are never learnt from."""
# %% train
def train(model, loader, epochs, accumulation_steps=4):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    losses = []
    for epoch in range(epochs):
        model.train()
        total_loss, total = 0.0, 0
        for i, (images, labels) in enumerate(loader):
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            (loss / accumulation_steps).backward()
            if (i + 1) % accumulation_steps == 0 or i + 1 == len(loader):
                optimizer.step()
            total_loss += loss.item() * labels.size(0)
            total += labels.size(0)
        losses.append(total_loss / total)
    return losses
