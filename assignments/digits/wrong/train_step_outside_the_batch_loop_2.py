"""A helper clears and computes for each batch; the epoch's end makes the only step.

fails: train
hint: step-outside-the-batch-loop
"""
# %% train
def learn(model, images, labels):
    model.zero_grad()
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    return loss.item() * len(labels)


def train(model, loader, epochs):
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        history.append(sum(learn(model, x, y) for x, y in loader) / len(loader.dataset))
        sgd.step()
    return history
