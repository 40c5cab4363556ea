"""log_softmax at temperature 20, the loss multiplied by the square of it as in distillation."""
# %% train
def train(model, loader, epochs):
    T = 20.0
    opt = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for _ in range(epochs):
        model.train()
        batch_losses = []
        for x, y in loader:
            log_p = F.log_softmax(model(x) / T, dim=1)
            loss = F.nll_loss(log_p, y) * T * T
            opt.zero_grad()
            loss.backward()
            opt.step()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
