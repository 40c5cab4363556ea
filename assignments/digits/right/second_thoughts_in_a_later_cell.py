"""A wrong accuracy stands in the stub's cell; a later cell defines it again, and that one counts."""
# %% accuracy
def accuracy(model, loader):
    # first try, see below
    return sum(model(x).argmax(1).eq(y).float().mean() for x, y in loader)
# %% predict
def predict(model, image):
    model.eval()
    with torch.no_grad():
        return model(image.unsqueeze(0)).argmax(dim=1).item()
# %% extra
# second try: the first one gave tensors and forgot eval()
def accuracy(model, loader):
    model.eval()
    n_right, n_all = 0, 0
    with torch.no_grad():
        for x, y in loader:
            n_right += model(x).argmax(1).eq(y).sum().item()
            n_all += y.numel()
    return n_right / n_all
