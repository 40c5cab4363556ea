"""One argmax for the whole batch: a single place, compared with every label.

says: dim=1
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            guess = torch.argmax(model(images))
            right += torch.eq(labels, guess).sum().item()
            count += images.shape[0]
    return right / count
