"""Cross-entropy by hand: logsumexp of the scores minus the label's score."""
# %% train
def my_cross_entropy(scores, labels):
    right = scores.gather(1, labels.view(-1, 1)).squeeze(1)
    return (scores.logsumexp(dim=1) - right).mean()

def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = my_cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
