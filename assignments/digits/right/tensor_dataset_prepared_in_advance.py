"""All images are turned into tensors in advance and kept in a TensorDataset; labels are tensors without dimensions."""
# %% dataset
from torch.utils.data import TensorDataset

def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    images = mnist.data.unsqueeze(1).float() / 255
    labels = mnist.targets.long()
    return TensorDataset(images, labels)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
