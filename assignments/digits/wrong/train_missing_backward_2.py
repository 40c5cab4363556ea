r"""Names backward without its parentheses.

fails: train
hint: missing-backward
says: backward\(\)
"""
# %% train
def train(model, train_loader, epochs):
    loss_function = nn.CrossEntropyLoss()
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    epoch_losses = []
    for e in range(epochs):
        model.train()
        batch_losses, batch_sizes = [], []
        for X, y in train_loader:
            scores = model(X)
            loss = loss_function(scores, y)
            sgd.zero_grad(set_to_none=True)
            loss.backward
            sgd.step()
            batch_losses.append(loss.item() * len(y))
            batch_sizes.append(len(y))
        epoch_losses.append(sum(batch_losses) / sum(batch_sizes))
    return epoch_losses
