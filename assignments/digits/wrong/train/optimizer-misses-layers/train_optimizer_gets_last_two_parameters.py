"""Fine-tuning habit: only the weight and bias of the last layer go to the optimiser.
"""
# %% train
def train(model, loader, epochs):
    model.train()
    head = list(model.parameters())[-2:]      # weight and bias of the classifier
    optimizer = torch.optim.Adam(head, lr=0.01)
    loss_fn = nn.CrossEntropyLoss()
    history = []
    for epoch in range(epochs):
        batch_losses = []
        for x, y in loader:
            model.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            batch_losses.append(loss.item())
        history.append(sum(batch_losses) / len(batch_losses))
    return history
