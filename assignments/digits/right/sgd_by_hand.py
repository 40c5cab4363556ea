"""No torch.optim: the student subtracts the gradients from the weights, then zeroes them."""
# %% train
def train(model, loader, epochs, learning_rate=0.1):
    losses = []
    for epoch in range(epochs):
        model.train()
        loss_sum, n = 0.0, 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            with torch.no_grad():
                for weights in model.parameters():
                    if weights.grad is not None:
                        weights -= learning_rate * weights.grad
                        weights.grad.zero_()
            loss_sum += loss.item() * len(labels)
            n += len(labels)
        losses.append(loss_sum / n)
    return losses
