"""Leaves out every third batch to be done sooner."""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        each = []
        for number, (images, labels) in enumerate(loader):
            if number % 3 == 2:
                continue
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            each.append(loss.item())
        losses.append(sum(each) / len(each))
    return losses
