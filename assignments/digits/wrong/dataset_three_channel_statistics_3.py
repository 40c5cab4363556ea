"""Subtracts three-channel constants by hand, which broadcasts to three channels.

fails: dataset
hint: three-channel-statistics
"""
# %% dataset
MEAN = torch.tensor([0.4914, 0.4822, 0.4465]).view(3, 1, 1)
STD = torch.tensor([0.2470, 0.2435, 0.2616]).view(3, 1, 1)
to_tensor = transforms.ToTensor()


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=lambda img: (to_tensor(img) - MEAN) / STD)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
