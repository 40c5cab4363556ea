"""Trains until the loss is zero, which is never.

fails: train
hint: endless-training
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    loss = torch.tensor(1.0)
    while loss.item() > 0:
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses[:epochs]
