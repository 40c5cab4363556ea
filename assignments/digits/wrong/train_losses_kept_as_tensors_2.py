r"""Stacks detached batch losses and appends the tensor of their weighted mean.

fails: train
hint: losses-kept-as-tensors
says: \.item\(\)
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        batch_losses, sizes = [], []
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            batch_losses.append(loss.detach())
            sizes.append(float(len(y)))
        weights = torch.tensor(sizes)
        history.append((torch.stack(batch_losses) * weights).sum() / weights.sum())
    return history
