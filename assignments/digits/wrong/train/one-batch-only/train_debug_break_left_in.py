"""A break after three batches, left over from trying whether it runs.
"""
# %% train
def train(model, loader, epochs):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = model.to(device)
    opt = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = []
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for step, (images, labels) in enumerate(loader):
            images, labels = images.to(device), labels.to(device)
            loss = F.cross_entropy(model(images), labels)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
            count += 1
            if step == 2:
                break      # quick test, it takes so long
        losses.append(total / count)
    return losses
