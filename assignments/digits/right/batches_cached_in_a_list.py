"""The batches are read once and kept in a list; later epochs shuffle this list."""
# %% train
import random

def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    batches = list(loader)      # fits into memory easily
    losses = []
    for _ in range(epochs):
        model.train()
        random.shuffle(batches)
        total, seen = 0.0, 0
        for images, labels in batches:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
