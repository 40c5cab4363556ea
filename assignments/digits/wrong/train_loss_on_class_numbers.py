"""Measures the squared distance between the predicted digit and the label.

fails: train
hint: loss-on-class-numbers
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            predicted = model(images).argmax(dim=1)
            loss = criterion(predicted.float(), labels.float())
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
