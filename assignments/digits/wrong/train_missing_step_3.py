r"""Steps the scheduler only, and takes that for the optimiser's step.

fails: train
hint: missing-step
says: step\(\)
"""
# %% train
import math


def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda e: 0.5 + 0.5 * math.cos(e / 10))
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            model.zero_grad()
            loss = nn.CrossEntropyLoss()(model(images), labels)
            loss.backward()
            total += float(loss) * len(labels)
            seen += len(labels)
        scheduler.step()
        losses.append(total / seen)
    return losses
