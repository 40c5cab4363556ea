"""Keeps a window of the latest 20 batches and returns their mean as the epoch's.

fails: train
hint: last-batch-loss-only
"""
# %% train
from collections import deque

def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        window = deque(maxlen=20)
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            window.append(loss.item())
        losses.append(sum(window) / len(window))
    return losses
