"""Averages the accuracies of the batches, the small last one counting as much as the others.
"""
# %% accuracy
import numpy as np

def accuracy(model, loader):
    accs = []
    model.eval()
    with torch.no_grad():
        for images, labels in loader:
            ps = torch.exp(model(images))
            top_p, top_class = ps.topk(1, dim=1)
            equals = top_class == labels.view(*top_class.shape)
            accs.append(torch.mean(equals.type(torch.FloatTensor)).item())
    return float(np.mean(accs))
