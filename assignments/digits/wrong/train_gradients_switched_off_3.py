"""Computes the scores in inference mode to save memory.

fails: train
hint: gradients-switched-off
says: no_grad
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            with torch.inference_mode():
                scores = model(images)
            loss = nn.CrossEntropyLoss()(scores, labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
