"""The rate is set by hand in param_groups; biases have no weight decay."""
# %% train
def train(model, loader, epochs):
    decay, no_decay = [], []
    for name, param in model.named_parameters():
        (no_decay if name.endswith("bias") else decay).append(param)
    groups = [g for g in ({"params": decay, "weight_decay": 1e-3}, {"params": no_decay, "weight_decay": 0.0}) if g["params"]]
    optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        for g in optimizer.param_groups:
            g["lr"] = 0.1 / (1 + epoch)
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
