"""SGD with Nesterov momentum."""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True)
    out = []
    for _ in range(epochs):
        model.train()
        batch_losses = []
        for x, t in loader:
            opt.zero_grad()
            L = F.cross_entropy(model(x), t)
            L.backward()
            opt.step()
            batch_losses.append(float(L))
        out.append(sum(batch_losses) / len(batch_losses))
    return out
