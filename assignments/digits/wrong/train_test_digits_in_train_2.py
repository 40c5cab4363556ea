"""Trains on the test part as well, read from the usual folder.

fails: train
hint: test-digits-in-train
"""
# %% train
def train(model, loader, epochs):
    test_part = load_digits("data", train=False)
    more = make_loader(test_part, batch_size=64, shuffle=True)
    sgd = torch.optim.SGD(model.parameters(), lr=0.1)
    history = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for part in (loader, more):
            for x, y in part:
                loss = F.cross_entropy(model(x), y)
                sgd.zero_grad()
                loss.backward()
                sgd.step()
                total += loss.item() * len(y)
                seen += len(y)
        history.append(total / seen)
    return history
