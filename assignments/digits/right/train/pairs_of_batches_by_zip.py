"""Takes batches in pairs out of one iterator, and adds up both losses for a step."""
# %% train
from itertools import zip_longest


def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        batches = iter(loader)
        for pair in zip_longest(batches, batches):
            opt.zero_grad()
            for batch in pair:
                if batch is not None:
                    x, y = batch
                    loss = F.cross_entropy(model(x), y, reduction="sum")
                    (loss / len(y)).backward()
                    total += loss.item()
                    seen += len(y)
            opt.step()
        losses.append(total / seen)
    return losses
