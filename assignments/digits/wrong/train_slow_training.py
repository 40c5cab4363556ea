"""Sends the digits of a batch through the model one at a time.

advice: yes
hint: slow-training
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            loss = 0
            for i in range(len(labels)):
                loss = loss + F.cross_entropy(model(images[i : i + 1]), labels[i : i + 1])
            loss = loss / len(labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
