"""One loop over all steps; a new iterator begins where an epoch ends."""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    batches = iter(loader)
    losses, current = [], []
    for step in range(epochs * len(loader)):
        try:
            x, y = next(batches)
        except StopIteration:
            batches = iter(loader)
            x, y = next(batches)
        model.train()
        loss = F.cross_entropy(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        current.append(loss.item())
        if len(current) == len(loader):
            losses.append(sum(current) / len(current))
            current = []
    return losses
