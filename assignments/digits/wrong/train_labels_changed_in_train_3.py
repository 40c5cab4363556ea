"""Counts the digits from 1, with 0 as the tenth.

fails: train
hint: labels-changed-in-train
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            classes = (labels + 9) % 10  # digit 1 is the first class
            loss = nn.CrossEntropyLoss()(model(images), classes)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
