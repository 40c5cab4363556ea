r"""Clears the gradients of the model once, before all loops.

fails: train
hint: missing-zero-grad
says: zero_grad\(\)
"""
# %% train
def train(model, loader, epochs):
    """Train with momentum and return the mean loss of every epoch."""
    model.train()
    model.zero_grad()
    criterion = nn.CrossEntropyLoss(reduction="sum")
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.5)
    means = []
    while len(means) < epochs:
        total = count = 0
        for i, (pictures, digits) in enumerate(loader, start=1):
            batch_sum = criterion(model(pictures), digits)
            (batch_sum / len(digits)).backward()
            optimiser.step()
            total += batch_sum.item()
            count += len(digits)
        means.append(total / count)
    return means
