"""Calls softmax without a dimension on the scores inside the loss call.

fails: train
hint: softmax-in-the-loop
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.003)
    losses = []
    for epoch in range(epochs):
        model.train()
        batch_losses, sizes = [], []
        for batch in loader:
            images, labels = batch
            loss = nn.CrossEntropyLoss()(F.softmax(model(images)), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            batch_losses.append(loss.item())
            sizes.append(len(labels))
        losses.append(sum(a * b for a, b in zip(batch_losses, sizes)) / sum(sizes))
    return losses
