"""The last quarter of the loader's digits is kept for validation; the weights that do best on it are restored."""
# %% train
import copy
from torch.utils.data import Subset

def train(model, loader, epochs):
    data = loader.dataset
    border = int(0.75 * len(data))
    learn = DataLoader(Subset(data, range(border)), batch_size=loader.batch_size, shuffle=True)
    check_on = DataLoader(Subset(data, range(border, len(data))), batch_size=256)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses, best, best_weights = [], float("inf"), None
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in learn:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
        model.eval()
        with torch.no_grad():
            held_out = sum(F.cross_entropy(model(x), y, reduction="sum").item() for x, y in check_on)
        if held_out < best:
            best, best_weights = held_out, copy.deepcopy(model.state_dict())
    model.load_state_dict(best_weights)
    return losses
