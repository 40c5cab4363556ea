"""An own optimiser class whose rate is None: each tensor's step follows from the size of its weights, as in Adafactor."""
# %% train
class RelativeSteps(torch.optim.Optimizer):
    def __init__(self, params, lr=None, weight_decay=None):
        super().__init__(params, dict(lr=lr, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["t"], state["v"] = 0, torch.zeros_like(p)
                state["t"] += 1
                state["v"].mul_(0.99).addcmul_(p.grad, p.grad, value=0.01)
                v = state["v"] / (1 - 0.99 ** state["t"])
                size = max(1e-2, p.square().mean().sqrt().item())
                rate = group["lr"] if group["lr"] is not None else 0.03 * size
                p -= rate * p.grad / (v.sqrt() + 1e-8)

def train(model, loader, epochs):
    optimizer = RelativeSteps(model.parameters())
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
