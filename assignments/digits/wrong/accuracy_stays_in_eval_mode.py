"""Leaves the model in eval mode, and train relies on training mode.

advice: yes
hint: stays-in-eval-mode
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters())
    losses = []
    for _ in range(epochs):
        total = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(loader))
    return losses
# %% accuracy
def accuracy(net, data):
    net.eval()
    right, count = 0, 0
    with torch.inference_mode():
        for x, y in data:
            right += int((net(x).max(1).indices == y).sum())
            count += y.size(0)
    return right / count
