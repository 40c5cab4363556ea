"""tqdm is used where it is installed."""
# %% extra
try:
    from tqdm.auto import tqdm
except ImportError:
    def tqdm(iterable, **options):
        return iterable
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in tqdm(range(epochs), desc="epochs"):
        model.train()
        total, seen = 0.0, 0
        progress = tqdm(loader, leave=False)
        for images, labels in progress:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
            if hasattr(progress, "set_postfix"):
                progress.set_postfix(loss=total / seen)
        losses.append(total / seen)
    return losses
