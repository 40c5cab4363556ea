"""Compares the highest score, as a column, with the row of labels.

fails: train
hint: loss-on-class-numbers
"""
# %% train
def train(model, loader, epochs):
    distance = nn.L1Loss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, n = 0.0, 0
        for x, y in loader:
            best, _index = model(x).max(dim=1, keepdim=True)
            loss = distance(best, y.float())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(y)
            n += len(y)
        losses.append(total / n)
    return losses
