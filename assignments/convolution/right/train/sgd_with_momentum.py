"""SGD with momentum, a mean over batches, a change that is called if there is one."""


# %% train
def train(model, loader, epochs, change=None):
    opt = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9, weight_decay=1e-4)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        model.train()
        for xb, yb in loader:
            xb = change(xb) if change else xb
            loss = F.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
            opt.zero_grad()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
