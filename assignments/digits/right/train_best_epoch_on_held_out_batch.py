"""Holds the last batch back, and returns to the weights that did best on it."""
# %% train
import copy


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses, best, kept = [], float("inf"), None
    for epoch in range(epochs):
        model.train()
        total, count, held_out = 0.0, 0, None
        for number, (images, labels) in enumerate(loader):
            if number and number == len(loader) - 1:
                held_out = images, labels
                break
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
        if held_out:
            model.eval()
            with torch.no_grad():
                now = F.cross_entropy(model(held_out[0]), held_out[1]).item()
            if now < best:
                best, kept = now, copy.deepcopy(model.state_dict())
    if kept:
        model.load_state_dict(kept)
    return losses
