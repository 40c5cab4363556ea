"""A helper for one batch makes its own SGD with momentum each time.

advice: yes
hint: new-optimizer-every-batch
"""
# %% train
def train_batch(model, images, labels):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    loss = F.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item() * len(labels)


def train(model, loader, epochs):
    model.train()
    losses = []
    for _ in range(epochs):
        total = sum(train_batch(model, images, labels) for images, labels in loader)
        losses.append(total / len(loader.dataset))
    return losses
