"""Makes probabilities by cutting negative scores off, and takes the logarithm of 0.

fails: train
hint: nan-loss
"""
# %% train
def cross_entropy(scores, labels):
    positive = scores.clamp(min=0)
    probabilities = positive / positive.sum(dim=1, keepdim=True)
    return -torch.log(probabilities[torch.arange(len(labels)), labels.long()]).mean()


def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
