"""Model and batches go to the GPU where there is one; everything comes back for counting."""
# %% extra
device = torch.device("cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu")
print("Using device:", device)
# %% train
def train(model, loader, epochs):
    model.to(device)
    criterion = nn.CrossEntropyLoss().to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for epoch in range(epochs):
        model.train()
        running_loss = 0.0
        for images, labels in loader:
            images, labels = images.to(device, non_blocking=True), labels.to(device, non_blocking=True)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item() * images.size(0)
        losses.append(running_loss / len(loader.dataset))
    return losses
# %% accuracy
def accuracy(model, loader):
    model.to(device).eval()
    correct = torch.zeros((), dtype=torch.long, device=device)
    total = 0
    with torch.no_grad():
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            correct += (model(images).argmax(dim=1) == labels).sum()
            total += labels.numel()
    return correct.item() / total
# %% predict
def predict(model, image):
    model.to(device).eval()
    with torch.no_grad():
        return model(image.unsqueeze(0).to(device)).argmax(dim=1).cpu().item()
