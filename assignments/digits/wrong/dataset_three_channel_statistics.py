"""Normalises grey digits with three means and deviations made for colour photos.

fails: dataset
hint: three-channel-statistics
"""
# %% dataset
def load_digits(root, train):
    transform = transforms.Compose([
        transforms.ToTensor(),
        transforms.Normalize(mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225]),
    ])
    return datasets.MNIST(root, train=train, download=True, transform=transform)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
