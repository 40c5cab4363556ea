"""All digits are turned into one big float tensor in advance and wrapped in a TensorDataset."""
# %% dataset
from torch.utils.data import TensorDataset

def load_digits(root, train):
    mnist = datasets.MNIST(root, train=train, download=True)
    # mnist.data is uint8 (N, 28, 28), the model wants float (N, 1, 28, 28)
    x = mnist.data.unsqueeze(1).float().div(255)
    y = mnist.targets.long()
    print("images:", tuple(x.shape), "labels:", tuple(y.shape))
    return TensorDataset(x, y)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size, shuffle)
