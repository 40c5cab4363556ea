"""The cell of train exits where there is no GPU.

fails: train
hint: exit-in-cell
"""
# %% train
import sys

if not torch.cuda.is_available():
    sys.exit("Please switch on the GPU first.")


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
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
