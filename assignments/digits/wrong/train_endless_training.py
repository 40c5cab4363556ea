"""Repeats each epoch until every digit is right, without limit.

fails: train
hint: endless-training
"""
# %% train
def train(model, loader, epochs):
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        right = seen = 0
        while right < seen or seen == 0:
            total, right, seen = 0.0, 0, 0
            for images, labels in loader:
                scores = model(images)
                loss = criterion(scores, labels)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item() * len(labels)
                right += (scores.argmax(dim=1) == labels).sum().item()
                seen += len(labels)
        losses.append(total / seen)
    return losses
