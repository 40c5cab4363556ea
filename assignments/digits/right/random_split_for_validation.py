"""A random tenth of the loader's dataset is held out for validation, in loaders of its own."""
# %% train
from torch.utils.data import random_split

def train(model, loader, epochs):
    n_valid = len(loader.dataset) // 10
    train_part, valid_part = random_split(loader.dataset, [len(loader.dataset) - n_valid, n_valid])
    # a last batch of one image would break batch norm
    size = loader.batch_size or 32
    while len(train_part) % size == 1:
        size += 1
    train_loader = DataLoader(train_part, batch_size=size, shuffle=True)
    valid_loader = DataLoader(valid_part, batch_size=256)

    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    history = {"train": [], "valid": []}
    for _ in range(epochs):
        model.train()
        total = 0.0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        history["train"].append(total / len(train_part))
        if n_valid:
            model.eval()
            with torch.no_grad():
                total = sum(F.cross_entropy(model(x), y, reduction="sum").item() for x, y in valid_loader)
            history["valid"].append(total / n_valid)
    return history["train"]
