"""Weight decay by hand: a share of each weight is added to its gradient."""
# %% train
def train(model, loader, epochs):
    opt = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            for p in model.parameters():
                if p.dim() > 1:
                    p.grad.add_(p.detach(), alpha=5e-4)
            opt.step()
            total += loss.item() * len(y)
            seen += len(y)
        losses.append(total / seen)
    return losses
