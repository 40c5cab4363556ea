"""Gives Normalize the deviation first and the mean second.

advice: yes
hint: swapped-mean-and-std
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.3081,), (0.1307,))])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
