"""Holds a tenth out, gives back the weights that were best on it, and drops a last batch of one digit."""
# %% train
import copy

from torch.utils.data import random_split


def split(loader, share=0.1):
    count = int(share * len(loader.dataset))
    if count == 0:
        return loader, loader
    learn, hold = random_split(loader.dataset, [len(loader.dataset) - count, count])
    # a last batch of one digit would be too small for batch norm
    alone = len(learn) > loader.batch_size and len(learn) % loader.batch_size == 1
    return (DataLoader(learn, loader.batch_size, shuffle=True, drop_last=alone),
            DataLoader(hold, loader.batch_size))


def validation_loss(model, batches):
    model.eval()
    total = count = 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(model(x), y, reduction="sum").item()
            count += len(y)
    return total / count


def train(model, loader, epochs, patience=3):
    learn, hold = split(loader)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    best, best_state, waited = float("inf"), None, 0
    train_losses = []
    for epoch in range(epochs):
        model.train()
        total = count = 0
        for x, y in learn:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
            count += len(y)
        train_losses.append(total / count)

        val = validation_loss(model, hold)
        if val < best:
            best, best_state, waited = val, copy.deepcopy(model.state_dict()), 0
        else:
            waited += 1
            if waited == patience:
                print("no progress for", patience, "epochs, going on with a smaller rate")
                for group in optimizer.param_groups:
                    group["lr"] /= 2
                waited = 0
    if best_state is not None:
        model.load_state_dict(best_state)
    return train_losses
