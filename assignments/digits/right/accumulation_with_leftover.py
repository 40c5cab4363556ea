"""Gradients are gathered over three batches; a leftover at the end of an epoch makes a smaller step."""
# %% train
def train(model, loader, epochs):
    ACCUMULATE = 3
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        optimizer.zero_grad()
        for step, (images, labels) in enumerate(loader, start=1):
            loss = criterion(model(images), labels)
            (loss / ACCUMULATE).backward()
            if step % ACCUMULATE == 0 or step == len(loader):
                optimizer.step()
                optimizer.zero_grad()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
