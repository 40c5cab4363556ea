"""Gradients of two batches for each step."""


# %% train
def train(model, loader, epochs, change=None):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for number, (images, labels) in enumerate(loader, 1):
            if change is not None:
                images = change(images)
            loss = F.cross_entropy(model(images), labels)
            (loss / 2).backward()
            if number % 2 == 0 or number == len(loader):
                optimizer.step()
                optimizer.zero_grad()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
