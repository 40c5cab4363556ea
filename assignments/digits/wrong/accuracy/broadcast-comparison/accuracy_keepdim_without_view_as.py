"""argmax with keepdim=True as in the official example, but compared without view_as: (B, 1) meets (B,).
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    correct = 0
    seen = 0
    with torch.no_grad():
        for data, target in loader:
            output = model(data)
            pred = output.argmax(dim=1, keepdim=True)  # index of the highest score
            correct += pred.eq(target).sum().item()
            seen += len(target)
    return correct / seen
