"""Large batches are cut to 256 rows, so that memory does not run out."""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for _ in range(epochs):
        model.train()
        batch_losses = []
        for x, y in loader:
            if len(x) > 256:
                x, y = x.narrow(0, 0, 256), y.narrow(0, 0, 256)
            loss = F.cross_entropy(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
