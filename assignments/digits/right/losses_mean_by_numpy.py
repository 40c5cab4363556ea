"""Takes NumPy's mean of the list of batch losses.

silent: (?i)weight each batch
"""
# %% train
import numpy as np


def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        batch_losses = []
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            batch_losses.append(loss.item())
        history.append(float(np.mean(batch_losses)))
    return history
