"""set_grad_enabled before and after, in place of a context."""
# %% accuracy
def accuracy(model, loader):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    model.train(mode=False)
    n_ok = n = 0
    for images, labels in loader:
        out = model(images)
        n_ok += torch.sum(torch.argmax(out, 1) == labels).item()
        n += out.shape[0]
    torch.set_grad_enabled(before)
    return n_ok / n
# %% predict
def predict(model, image):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    model.train(mode=False)
    scores = model(image[None, ...]).flatten()
    torch.set_grad_enabled(before)
    return max(range(10), key=lambda d: scores[d].item())
