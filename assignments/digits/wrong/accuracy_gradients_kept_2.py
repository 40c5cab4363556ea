"""Collects all scores with their graphs and counts at the end.

advice: yes
hint: gradients-kept
"""
# %% accuracy
def accuracy(model, loader):
    was_training = model.training
    model.eval()
    scores, labels = [], []
    for x, y in loader:
        scores.append(model(x))
        labels.append(y)
    model.train(was_training)
    return (torch.cat(scores).argmax(dim=1) == torch.cat(labels)).double().mean().item()
