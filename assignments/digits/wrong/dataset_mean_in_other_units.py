"""Subtracts the mean of pixels 0..255 from pixels 0..1: all images lie near -108.

fails: dataset
"""
# %% dataset
def load_digits(root, train):
    steps = transforms.Compose([transforms.ToTensor(), transforms.Normalize((33.3184,), (0.3081,))])
    return datasets.MNIST(root, train=train, download=True, transform=steps)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
