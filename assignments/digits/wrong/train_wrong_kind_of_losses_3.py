"""Returns a dict of losses and accuracies.

fails: train
hint: wrong-kind-of-losses
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
    history = {"loss": [], "accuracy": []}
    for epoch in range(epochs):
        model.train()
        loss_sum = hits = count = 0
        for images, labels in loader:
            scores = model(images)
            loss = nn.CrossEntropyLoss()(scores, labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * len(labels)
            hits += (scores.argmax(1) == labels).sum().item()
            count += len(labels)
        history["loss"].append(loss_sum / count)
        history["accuracy"].append(hits / count)
    return history
