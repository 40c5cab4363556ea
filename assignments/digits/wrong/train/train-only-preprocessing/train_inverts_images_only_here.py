"""Turns the digits dark on bright inside train only, so that they look like photos; what is learnt does not fit the loader's images.
"""
# %% train
def train(model, loader, epochs):
    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total_loss = 0.0
        total = 0
        for images, labels in loader:
            images = 1.0 - images          # black ink on white paper, like my own photos
            optimizer.zero_grad()
            loss = loss_function(model(images), labels)
            loss.backward()
            optimizer.step()
            total_loss += loss.item() * labels.size(0)
            total += labels.size(0)
        losses.append(total_loss / total)
    return losses
