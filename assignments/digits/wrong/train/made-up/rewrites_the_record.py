"""Trains as it should, and replaces the stand-ins' record of it by a number.

fails: train
hint:
"""
# %% train
import sys

_helpers = sys._getframe(1).f_locals["self"].stand_ins

_helpers["study"] = lambda *arguments: 5


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
