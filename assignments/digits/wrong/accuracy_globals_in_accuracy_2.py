"""Measures on a loader of its own cell.

fails: accuracy
hint: globals-in-accuracy
says: `model` and the `loader`|arguments
"""
# %% extra
sample = [(torch.rand(1, 28, 28), i % 10) for i in range(30)]
sample_loader = DataLoader(sample, batch_size=10)

# %% accuracy
@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    hits = [(model(x).argmax(1) == y) for x, y in sample_loader]
    return torch.cat(hits).float().mean().item()
