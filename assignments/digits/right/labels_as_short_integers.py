"""Labels are NumPy's int16; the collate function makes int64 of them."""
# %% extra
import numpy as np
# %% dataset
class Digits(Dataset):
    def __init__(self, mnist):
        self.images = mnist.data.numpy()
        self.labels = mnist.targets.numpy().astype(np.int16)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return torch.from_numpy(self.images[i].astype(np.float32) / 255)[None], self.labels[i]

def load_digits(root, train):
    return Digits(datasets.MNIST(root, train=train, download=True))

def gather(pairs):
    images, labels = zip(*pairs)
    return torch.stack(images), torch.as_tensor([int(label) for label in labels])

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=gather)
