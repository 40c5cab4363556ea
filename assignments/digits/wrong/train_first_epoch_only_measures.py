"""Only measures in the first epoch, to have the loss before training in the list; with epochs=1 nothing is learnt.

fails: train
hint: epochs-ignored
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            if epoch > 0:               # epoch 0 is the baseline
                loss.backward()
                optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
