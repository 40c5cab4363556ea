"""Scales the training part to 0..1 and the test part to -1..1.

fails: dataset
hint: different-scaling-per-part
"""
# %% dataset
train_transform = transforms.ToTensor()
test_transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.5, 0.5)])


def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=train_transform if train else test_transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
