"""SGD with a learning rate of 10.

fails: train
hint: learning-rate-too-large
"""
# %% train
def train(model, data_loader, epochs, learning_rate=10):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    model.train()
    loss_per_epoch = []
    for _ in range(epochs):
        loss_sum = 0.0
        for inputs, targets in data_loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(input=model(inputs), target=targets)
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * inputs.size(0)
        loss_per_epoch.append(loss_sum / len(data_loader.dataset))
    return loss_per_epoch
