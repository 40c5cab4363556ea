"""Builds a 10 x 10 table of label and answer; the accuracy is its diagonal divided by its sum."""
# %% accuracy
def confusion_table(model, loader):
    table = torch.zeros(10, 10, dtype=torch.long)
    for images, labels in loader:
        _, answers = model(images).max(dim=1)
        places = labels.long() * 10 + answers
        table += torch.bincount(places, minlength=100).reshape(10, 10)
    return table

def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        table = confusion_table(model, loader)
    right = table.diag().sum().item()
    return right / table.sum().item()
