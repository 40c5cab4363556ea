"""train starts from weights saved on the student's drive.

fails: train
hint: own-files-needed
"""
# %% train
def train(model, loader, epochs):
    model.load_state_dict(torch.load("/content/drive/MyDrive/digits/model.pt"))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
