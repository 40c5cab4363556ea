"""The digits lie in a dict by number, with an own Dataset around it."""
# %% dataset
class Table(Dataset):
    def __init__(self, digits):
        self.items = {}
        for number in range(len(digits)):
            self.items[number] = {"image": digits.data[number], "label": int(digits.targets[number])}

    def __len__(self):
        return len(self.items)

    def __getitem__(self, number):
        item = self.items[number]
        return item["image"].float().div(255)[None], item["label"]


def load_digits(root, train):
    return Table(datasets.MNIST(root, train=train, download=True))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
