"""Gradients of two batches are gathered before each step, with a leftover batch at the end; clipped by norm."""
# %% train
ACCUMULATE = 2

def train(model, loader, epochs):
    model.train()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0.0
        optimizer.zero_grad()
        for i, (images, labels) in enumerate(loader):
            loss = criterion(model(images), labels)
            (loss / ACCUMULATE).backward()
            epoch_loss += loss.item()

            last = i + 1 == len(loader)
            if (i + 1) % ACCUMULATE == 0 or last:
                nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
                optimizer.step()
                optimizer.zero_grad()
        losses.append(epoch_loss / len(loader))
    return losses
