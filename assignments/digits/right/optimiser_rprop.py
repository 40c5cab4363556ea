"""Rprop with cautious step sizes, since batches are small.

calibrate: yes
"""
# %% train
def train(model, loader, epochs):
    # Rprop is made for full batches; small bounds keep it calm on mini-batches
    optimizer = torch.optim.Rprop(model.parameters(), lr=0.0005, etas=(0.5, 1.1), step_sizes=(1e-6, 0.002))
    losses = []
    for _ in range(epochs):
        model.train()
        values = []
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            values.append(loss.item())
        losses.append(sum(values) / len(values))
    return losses
