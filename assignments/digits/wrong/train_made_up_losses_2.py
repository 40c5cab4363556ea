"""Measures the first loss, invents the others with a little noise, and learns nothing.

fails: train
hint: made-up-losses
"""
# %% train
import random


def train(model, loader, epochs):
    model.train()
    images, labels = next(iter(loader))
    loss = F.cross_entropy(model(images), labels).item()
    losses = []
    for epoch in range(epochs):
        for images, labels in loader:
            pass
        losses.append(loss)
        print(f"Epoch {epoch + 1}/{epochs} - loss: {loss:.4f}")
        loss *= random.uniform(0.5, 0.7)
    return losses
