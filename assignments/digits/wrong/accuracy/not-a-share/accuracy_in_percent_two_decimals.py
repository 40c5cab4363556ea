"""Returns percent with two decimals instead of a share.
"""
# %% accuracy
def accuracy(model, loader):
    model.eval()
    n_correct = 0
    n_samples = 0
    with torch.no_grad():
        for images, labels in loader:
            outputs = model(images)
            _, predicted = torch.max(outputs.data, 1)
            n_samples += labels.size(0)
            n_correct += (predicted == labels).sum().item()
    acc = round(100.0 * n_correct / n_samples, 2)
    print(f'Accuracy of the network: {acc} %')
    return acc
