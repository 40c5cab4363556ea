"""Adds up the losses of the batch's digits, and averages these sums over the batches.

fails: train
hint: summed-loss
"""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        sums = []
        for x, y in loader:
            loss = F.cross_entropy(model(x), y, reduction="none").sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            sums.append(loss.item())
        history.append(sum(sums) / len(sums))
    return history
