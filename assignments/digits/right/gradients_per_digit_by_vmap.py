"""Each digit's own gradient, by vmap over grad, is clipped to norm 1 before the mean is taken."""
# %% train
from torch.func import functional_call, grad_and_value, vmap

def train(model, loader, epochs, rate=0.2):
    def loss_of_one(weights, image, label):
        scores = functional_call(model, weights, (image[None],))
        return F.cross_entropy(scores, label[None])

    per_digit = vmap(grad_and_value(loss_of_one), in_dims=(None, 0, 0))
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            weights = {name: p.detach() for name, p in model.named_parameters()}
            gradients, values = per_digit(weights, images, labels)
            norms = torch.stack([g.flatten(1).norm(dim=1) for g in gradients.values()]).norm(dim=0)
            share = (1 / (norms + 1e-6)).clamp(max=1)
            with torch.no_grad():
                for name, p in model.named_parameters():
                    p -= rate * torch.einsum("b,b...->...", share, gradients[name]) / len(labels)
            total += values.sum().item()
            seen += len(labels)
        losses.append(total / seen)
    return losses
