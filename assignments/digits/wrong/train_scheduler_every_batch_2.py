"""Divides the learning rate by ten after every batch, so that nothing is learnt.

fails: train
hint: scheduler-every-batch
"""
# %% train
from torch.optim.lr_scheduler import StepLR


def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.05)
    scheduler = StepLR(sgd, step_size=1, gamma=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            scheduler.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
