"""SGD with momentum and a little weight decay."""
# %% train
def train(model, loader, epochs):
    loss_fn = nn.CrossEntropyLoss()
    sgd = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
    result = []
    for ep in range(1, epochs + 1):
        model.train()
        sum_loss = 0
        num = 0
        for X, y in loader:
            pred = model(X)
            loss = loss_fn(pred, y)
            # backprop
            loss.backward()
            sgd.step()
            sgd.zero_grad()
            sum_loss += loss.item() * X.shape[0]
            num += X.shape[0]
        result.append(sum_loss / num)
        print('Epoch %d  loss %.3f' % (ep, result[-1]))
    return result
