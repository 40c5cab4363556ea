"""Returns the image alone.

fails: dataset
hint: item-not-image-and-label
"""
# %% dataset
class ImageOnly(datasets.VisionDataset):
    def __init__(self, root, train):
        super().__init__(root)
        mnist = datasets.MNIST(root, train=train, download=True)
        self.images = mnist.data / 255.0
        self.labels = mnist.targets

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.images[index].unsqueeze(0)


def load_digits(root, train):
    return ImageOnly(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
