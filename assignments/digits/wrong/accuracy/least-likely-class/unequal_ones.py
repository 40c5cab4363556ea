"""Counts the digits whose answer is not the label.

says: argmax|highest|==
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    found, images_seen = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            answers = model(images).argmax(dim=1)
            found += (answers != labels).sum().item()
            images_seen += len(images)
    return found / images_seen
