"""train prints scores and labels of every batch.

advice: yes
hint: huge-outputs
"""
# %% train
def train(model, loader, epochs):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            scores = model(images)
            loss = F.cross_entropy(scores, labels)
            print("scores", scores, "labels", labels, "loss", loss)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
