"""Returns after the first batch.

fails: train
hint: return-inside-the-loop
says: return
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        loss_sum, count = 0.0, 0
        for x, y in loader:
            sgd.zero_grad()
            loss = F.cross_entropy(model(x), y)
            loss.backward()
            sgd.step()
            loss_sum += loss.item() * len(y)
            count += len(y)
            history.append(loss_sum / count)
            return history
