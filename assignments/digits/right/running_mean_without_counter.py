"""The mean is kept up to date batch by batch; batches are fetched with next until the loader is empty."""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    epoch = 0
    while epoch < epochs:
        model.train()
        it = iter(loader)
        mean, n = 0.0, 0
        while True:
            try:
                images, labels = next(it)
            except StopIteration:
                break
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            n += 1
            mean += (loss.item() - mean) / n
        losses.append(mean)
        epoch += 1
    return losses
