"""Puts Normalize before ToTensor.

fails: dataset
hint: normalize-before-to-tensor
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([
        transforms.Normalize((0.1307,), (0.3081,)),
        transforms.ToTensor(),
    ])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
