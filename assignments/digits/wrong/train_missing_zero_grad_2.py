r"""Clears the gradients once per epoch instead of in every batch.

fails: train
hint: missing-zero-grad
says: zero_grad\(\)
"""
# %% train
def train(net, data, epochs: int) -> list:
    opt = torch.optim.SGD(net.parameters(), lr=0.05)
    history = []
    for _ in range(epochs):
        net.train()
        opt.zero_grad()
        epoch_loss = 0.0
        for x, y in data:
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            opt.step()
            epoch_loss += loss.item() * len(x)
        history.append(epoch_loss / len(data.dataset))
    return history
