"""Two batches are joined before each step; what is left at the end makes a step of its own."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen, waiting = 0.0, 0, []
        for number, batch in enumerate(loader, start=1):
            waiting.append(batch)
            if len(waiting) < 2 and number < len(loader):
                continue
            images = torch.cat([x for x, _ in waiting])
            labels = torch.cat([y for _, y in waiting])
            waiting = []
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
