r"""Wraps the share in torch.tensor at the end.

fails: accuracy
hint: accuracy-as-tensor
says: \.item\(\)|float
"""
# %% accuracy
def accuracy(model, loader):
    mode = model.training
    model.train(False)
    right = total = 0
    for images, labels in loader:
        with torch.no_grad():
            best = model(images).topk(1, dim=1).indices.flatten()
        right += int(torch.count_nonzero(best == labels))
        total += images.shape[0]
    model.train(mode)
    return torch.tensor([right / total], dtype=torch.float64)
