"""Weights are copied out, trained through torch.func.functional_call, and copied back after each epoch."""
# %% train
from torch.func import functional_call

def train(model, loader, epochs):
    weights = {name: p.detach().clone().requires_grad_() for name, p in model.named_parameters()}
    optimizer = torch.optim.Adam(weights.values(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            scores = functional_call(model, weights, (images,))
            loss = F.cross_entropy(scores, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        with torch.no_grad():
            for name, p in model.named_parameters():
                p.copy_(weights[name])
        losses.append(total / seen)
    return losses
