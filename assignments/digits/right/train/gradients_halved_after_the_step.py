"""Steps by hand; half of each gradient stays for the next batch."""
# %% train
def train(model, loader, epochs):
    losses = []
    for epoch in range(epochs):
        model.train()
        batch_losses = []
        for x, y in loader:
            loss = nn.CrossEntropyLoss()(model(x), y)
            loss.backward()
            with torch.no_grad():
                for weight in model.parameters():
                    weight.sub_(weight.grad, alpha=0.08)
                    weight.grad.mul_(0.5)
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses
