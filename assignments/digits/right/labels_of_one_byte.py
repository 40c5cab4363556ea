"""Labels are np.uint8, so that batches of labels are uint8 tensors: told as advice, costs nothing."""
# %% dataset
import numpy as np

class ByteDigits(Dataset):
    def __init__(self, mnist):
        self.pixels = mnist.data.numpy()
        self.digits = mnist.targets.numpy().astype(np.uint8)
    def __getitem__(self, i):
        picture = torch.from_numpy(self.pixels[i]).float() / 255
        return picture[None, :, :], self.digits[i]
    def __len__(self):
        return len(self.digits)

def load_digits(root, train):
    return ByteDigits(datasets.MNIST(root, train, download=True))

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
