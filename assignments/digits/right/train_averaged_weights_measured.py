"""Keeps a running average of the weights, measures it over the loader after each epoch, and returns with it."""
# %% train
import copy


def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    average = copy.deepcopy(model)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for mean, weight in zip(average.parameters(), model.parameters()):
                    mean.lerp_(weight, 0.1)
            total += loss.item() * len(labels)
            count += len(labels)
        losses.append(total / count)
        average.eval()
        with torch.no_grad():
            hits = sum((average(images).argmax(dim=1) == labels).sum().item() for images, labels in loader)
        print(f"epoch {epoch + 1}: {hits} hits")
    model.load_state_dict(average.state_dict())
    return losses
