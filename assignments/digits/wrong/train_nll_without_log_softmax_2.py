"""Feeds probabilities to nll_loss.

fails: train
hint: nll-without-log-softmax
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            probabilities = torch.softmax(model(images), dim=1)
            loss = F.nll_loss(probabilities, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        losses.append(total / len(loader.dataset))
    return losses
