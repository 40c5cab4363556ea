"""Returns a small class of its own in place of a DataLoader: no length, no dataset, no batch_size.

fails: dataset
hint: not-a-loader
"""
# %% dataset
class Batches:
    def __init__(self, data, size, mix):
        self.data, self.size, self.mix = data, size, mix

    def __iter__(self):
        order = torch.randperm(len(self.data)) if self.mix else torch.arange(len(self.data))
        for some in order.split(self.size):
            items = [self.data[i] for i in some.tolist()]
            yield torch.stack([image for image, _ in items]), torch.tensor([label for _, label in items])

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())

def make_loader(dataset, batch_size, shuffle):
    return Batches(dataset, batch_size, shuffle)
