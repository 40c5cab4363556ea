"""Ends, list and all, when the last ten losses have not come below the one before them."""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    losses = []
    while len(losses) < epochs:
        model.train()
        batch_losses = []
        for x, y in loader:
            loss = nn.functional.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
        if len(losses) > 10 and min(losses[-10:]) >= losses[-11]:
            break
    return losses
