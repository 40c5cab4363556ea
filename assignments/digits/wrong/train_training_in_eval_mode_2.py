"""Measures in eval mode after each epoch and never goes back.

advice: yes
hint: training-in-eval-mode
"""
# %% train
def share_right(model, loader):
    model.eval()
    with torch.no_grad():
        hits = [(model(x).argmax(1) == y).float().mean().item() for x, y in loader]
    return sum(hits) / len(hits)


def train(model, loader, epochs):
    model.train()
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        print(f"before epoch {epoch + 1}: {share_right(model, loader):.1%} right")
        total = 0.0
        for x, y in loader:
            opt.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            opt.step()
            total += loss.item() * len(y)
        losses.append(total / len(loader.dataset))
    return losses
