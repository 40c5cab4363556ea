"""An own Dataset class over NumPy arrays; its labels are NumPy integers."""
# %% dataset
from pathlib import Path
import numpy as np

class DigitsDataset(Dataset):

    def __init__(self, root, train):
        # let torchvision do the download, then read the files myself
        datasets.MNIST(root, train=train, download=True)
        raw = Path(root) / 'MNIST' / 'raw'
        prefix = {True: 'train', False: 't10k'}[bool(train)]
        x = np.fromfile(raw / f'{prefix}-images-idx3-ubyte', dtype=np.uint8)[16:]
        y = np.fromfile(raw / f'{prefix}-labels-idx1-ubyte', dtype=np.uint8)[8:]
        self.x = (x.reshape(-1, 1, 28, 28) / np.float32(255)).astype('float32')
        self.y = y.astype(np.int64)

    def __getitem__(self, index):
        return torch.as_tensor(self.x[index]), self.y[index]

    def __len__(self):
        return self.y.shape[0]

def load_digits(root, train):
    return DigitsDataset(root, train)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
