"""AveragedModel with a decay of its own, loaded back after the last epoch."""
# %% train
def train(model, loader, epochs):
    shadow = torch.optim.swa_utils.AveragedModel(model, avg_fn=lambda old, new, n: 0.8 * old + 0.2 * new)
    opt = torch.optim.SGD(model.parameters(), lr=0.2)
    losses = []
    for _ in range(epochs):
        model.train()
        batch_losses = []
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            shadow.update_parameters(model)
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    model.load_state_dict(shadow.module.state_dict())
    return losses
