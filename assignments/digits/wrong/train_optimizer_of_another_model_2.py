"""Makes a new model just to get weights for the optimiser.

fails: train
hint: optimizer-of-another-model
"""
# %% train
def make_optimizer():
    return torch.optim.SGD(DigitClassifier().parameters(), lr=0.05, momentum=0.9)


def train(model, loader, epochs):
    opt = make_optimizer()
    losses = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            for p in model.parameters():
                p.grad = None
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            opt.step()
            total += loss.item() * len(labels)
        losses.append(total / len(loader.dataset))
    return losses
