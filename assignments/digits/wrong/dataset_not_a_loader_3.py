"""Writes the batches out one by one as a generator.

fails: dataset
hint: not-a-loader
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    order = torch.randperm(len(dataset)) if shuffle else torch.arange(len(dataset))
    for part in order.split(batch_size):
        items = [dataset[int(i)] for i in part]
        yield torch.stack([image for image, _ in items]), torch.tensor([int(label) for _, label in items])
