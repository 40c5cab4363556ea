"""Creates a fresh DigitClassifier inside train.

fails: train
hint: another-model-trained
"""
# %% train
def train(model, loader, epochs):
    model = DigitClassifier()
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
