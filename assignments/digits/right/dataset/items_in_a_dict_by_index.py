"""An own Dataset class that keeps its items in a dict by index."""
# %% dataset
class DigitsByIndex(Dataset):
    def __init__(self, root, train):
        raw = datasets.MNIST(root=root, train=train, download=True)
        images = raw.data.numpy().astype("float32")[:, None] / 255.0
        self.items = {
            i: {"image": torch.from_numpy(image), "label": int(label)}
            for i, (image, label) in enumerate(zip(images, raw.targets))
        }

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        item = self.items[index]
        return item["image"], item["label"]


def load_digits(root, train):
    return DigitsByIndex(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
