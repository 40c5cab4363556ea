"""Clears the gradients between backward and step.

fails: train
hint: gradients-erased-before-step
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        running_loss, seen = 0.0, 0
        for images, labels in loader:
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            running_loss += loss.item() * len(images)
            seen += len(images)
        losses.append(running_loss / seen)
    return losses
