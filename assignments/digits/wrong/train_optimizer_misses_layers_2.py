"""Leaves all biases out of the optimiser.

fails: train
hint: optimizer-misses-layers
"""
# %% train
def train(model, loader, epochs):
    weights = [p for name, p in model.named_parameters() if not name.endswith("bias")]
    sgd = torch.optim.SGD([{"params": weights, "lr": 0.1, "weight_decay": 1e-4}], lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total, n = 0.0, 0
        for X, y in loader:
            loss = F.cross_entropy(model(X), y)
            model.zero_grad(set_to_none=True)
            loss.backward()
            sgd.step()
            total += loss.item() * y.shape[0]
            n += y.shape[0]
        history.append(total / n)
    return history
