"""Forgets the parentheses after model.parameters.

fails: train
hint: optimizer-without-parameters
"""
# %% train
def train(model, loader, epochs):
    sgd = torch.optim.SGD(params=model.parameters, lr=0.05, momentum=0.9)
    means = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            sgd.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            sgd.step()
            total += loss.item() * len(labels)
        means.append(total / len(loader.dataset))
    return means
