"""Each epoch first takes the gradient of the whole loader, and corrects each batch's gradient by it (SVRG)."""
# %% train
import copy


def train(model, loader, epochs, rate=0.1):
    losses = []
    for epoch in range(epochs):
        model.train()
        anchor = copy.deepcopy(model)
        full = [torch.zeros_like(weight) for weight in anchor.parameters()]
        for images, labels in loader:
            gradients = torch.autograd.grad(F.cross_entropy(anchor(images), labels), list(anchor.parameters()))
            for whole, gradient in zip(full, gradients):
                whole += gradient / len(loader)
        total, count = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            now = torch.autograd.grad(loss, list(model.parameters()))
            then = torch.autograd.grad(F.cross_entropy(anchor(images), labels), list(anchor.parameters()))
            with torch.no_grad():
                for weight, new, old, whole in zip(model.parameters(), now, then, full):
                    weight -= rate * (new - old + whole)
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
    return losses
