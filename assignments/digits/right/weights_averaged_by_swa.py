"""Stochastic weight averaging over the second half of the epochs, by torch.optim.swa_utils."""
# %% train
from torch.optim.swa_utils import AveragedModel, update_bn

def train(model, loader, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    averaged = AveragedModel(model)
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
        if epoch >= epochs // 2:
            averaged.update_parameters(model)
    model.load_state_dict(averaged.module.state_dict())
    update_bn(loader, model)
    return losses
