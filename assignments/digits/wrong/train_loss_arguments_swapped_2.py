"""Gives nll_loss the labels first.

fails: train
hint: loss-arguments-swapped
says: [Ss]cores.*labels
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for data, target in loader:
            log_probabilities = F.log_softmax(model(data), dim=1)
            loss = F.nll_loss(target, log_probabilities)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(target)
        losses.append(total / len(loader.dataset))
    return losses
