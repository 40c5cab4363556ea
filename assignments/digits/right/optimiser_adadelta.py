"""Adadelta with rate 1.0, as in PyTorch's own MNIST example."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    losses = []
    for epoch in range(1, epochs + 1):
        model.train()
        seen = 0
        total = 0
        for batch_idx, (data, target) in enumerate(loader):
            optimizer.zero_grad()
            output = model(data)
            loss = F.cross_entropy(output, target)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(data)
            seen += len(data)
            if batch_idx % 50 == 0:
                print(f'Train Epoch: {epoch} [{seen}/{len(loader.dataset)}]\tLoss: {loss.item():.6f}')
        scheduler.step()
        losses.append(total / seen)
    return losses
