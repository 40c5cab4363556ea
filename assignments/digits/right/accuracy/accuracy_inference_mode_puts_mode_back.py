"""Decorated with inference_mode; remembers the earlier mode and puts it back, even after an error."""
# %% accuracy
@torch.inference_mode()
def accuracy(model, loader):
    was_training = model.training
    model.eval()
    hits, n = 0, 0
    try:
        for xs, ys in loader:
            hits += model(xs).argmax(-1).eq(ys).sum().item()
            n += ys.shape[0]
    finally:
        model.train(was_training)
    return hits / n
