"""A tenth of the digits is held out, and looked at once, when all training is done."""
# %% train
from torch.utils.data import random_split


def train(model, loader, epochs):
    count = len(loader.dataset)
    learnt, held = random_split(loader.dataset, [count - count // 10, count // 10])
    batches = DataLoader(learnt, batch_size=loader.batch_size, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        losses.append(total / len(learnt))
    if len(held):
        model.eval()
        with torch.no_grad():
            hits = sum((model(x).argmax(1) == y).sum().item() for x, y in DataLoader(held, batch_size=loader.batch_size))
        print(f"{hits} of {len(held)} digits that were held out are right.")
        model.train()
    return losses
