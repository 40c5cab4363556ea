"""The last quarter of the digits is held out, and its loss is printed once, after all epochs."""
# %% train
def train(model, loader, epochs):
    digits = loader.dataset
    border = len(digits) - len(digits) // 4
    learnt, kept = (torch.utils.data.Subset(digits, part) for part in (range(border), range(border, len(digits))))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in DataLoader(learnt, batch_size=loader.batch_size, shuffle=True):
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
        losses.append(total / len(learnt))
    model.eval()
    with torch.no_grad():
        each = [F.cross_entropy(model(x), y, reduction="sum").item() for x, y in DataLoader(kept, batch_size=100)]
    print("Loss of digits that were held out:", sum(each) / max(1, len(kept)))
    model.train()
    return losses
