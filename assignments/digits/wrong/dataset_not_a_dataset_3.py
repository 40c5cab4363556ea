"""`load_digits` returns bare tensors of images and labels.

fails: dataset
hint: not-a-dataset
"""
# %% dataset
def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    images = mnist.data.unsqueeze(1).float() / 255
    labels = mnist.targets
    return images, labels


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
