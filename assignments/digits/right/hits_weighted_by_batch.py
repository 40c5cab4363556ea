"""A mean of the batches' shares, each weighted by its number of images."""
# %% accuracy
def accuracy(model, loader):
    was_training = model.training
    model.eval()
    shares, sizes = [], []
    try:
        with torch.no_grad():
            for images, labels in loader:
                share = torch.eq(model(images).argmax(dim=1), labels).double().mean()
                shares.append(share * len(labels))
                sizes.append(len(labels))
    finally:
        model.train(was_training)
    return float(sum(shares) / sum(sizes))
