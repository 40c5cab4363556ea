"""RMSprop with a learning rate of 0.5, lowered slowly by a scheduler.

fails: train
hint: learning-rate-too-large
"""
# %% train
from torch.optim import RMSprop
from torch.optim.lr_scheduler import ExponentialLR


def train(model, loader, epochs):
    optimizer = RMSprop(model.parameters(), lr=0.5, momentum=0.9)
    scheduler = ExponentialLR(optimizer, gamma=0.99)
    losses = []
    for epoch in range(epochs):
        model.train()
        parts = []
        for images, labels in loader:
            loss = nn.CrossEntropyLoss()(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            parts.append((loss.item(), len(labels)))
        scheduler.step()
        losses.append(sum(loss * size for loss, size in parts) / sum(size for _, size in parts))
    return losses
