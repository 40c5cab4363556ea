"""torchvision turns and scales the batch, then comes a little noise."""
# %% train
from torchvision.transforms import v2

def train(model, loader, epochs):
    augment = v2.RandomAffine(degrees=10, translate=(0.05, 0.05), scale=(0.9, 1.1))
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            changed = augment(images)
            changed = changed + 0.02 * torch.randn_like(changed)
            optimizer.zero_grad()
            loss = criterion(model(changed), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
