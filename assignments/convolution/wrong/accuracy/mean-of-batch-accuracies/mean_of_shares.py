"""The mean of the shares of batches."""


# %% accuracy
def accuracy(model, loader):
    model.eval()
    shares = []
    with torch.no_grad():
        for images, labels in loader:
            shares.append((model(images).argmax(dim=1) == labels).float().mean().item())
    return sum(shares) / len(shares)
