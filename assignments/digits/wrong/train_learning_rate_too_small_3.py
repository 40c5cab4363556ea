"""AdamW with a learning rate that integer division makes 0.

fails: train
hint: learning-rate-too-small
"""
# %% train
LEARNING_RATE = 1 // 1000


def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE)
    losses = []
    for epoch in range(epochs):
        model.train()
        sums, seen = 0.0, 0
        for images, labels in loader:
            loss = nn.CrossEntropyLoss()(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            sums += loss.item() * images.shape[0]
            seen += images.shape[0]
        losses.append(sums / seen)
    return losses
