"""Takes mean and deviation from a global that only loading the training part sets: the test part cannot be loaded first.

fails: dataset
hint: hidden-state
"""
# %% dataset
def load_digits(root, train):
    global mean, std
    if train:
        pixels = datasets.MNIST(root, train=True, download=True).data / 255
        mean, std = pixels.mean().item(), pixels.std().item()
    steps = transforms.Compose([transforms.ToTensor(), transforms.Normalize((mean,), (std,))])
    return datasets.MNIST(root, train=train, download=True, transform=steps)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
