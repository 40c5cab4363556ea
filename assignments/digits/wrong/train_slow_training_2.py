"""Measures all training digits after each batch.

advice: yes
hint: slow-training
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history, best = [], 0.0
    for _ in range(epochs):
        total = 0.0
        for x, y in loader:
            model.train()
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
            model.eval()
            with torch.no_grad():
                right = sum((model(a).argmax(1) == b).sum().item() for a, b in loader)
            best = max(best, right / len(loader.dataset))
        print(f"best so far: {best:.1%}")
        history.append(total / len(loader.dataset))
    return history
