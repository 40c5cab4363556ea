"""Gathers three batches for a step, and clears what is left over where an epoch ends."""
# %% train
def train(model, loader, epochs, gathered=3):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        model.train()
        each, waiting = [], 0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            (loss / gathered).backward()
            each.append(loss.item())
            waiting += 1
            if waiting == gathered:
                optimizer.step()
                model.zero_grad()
                waiting = 0
        model.zero_grad()
        losses.append(sum(each) / len(each))
    return losses
