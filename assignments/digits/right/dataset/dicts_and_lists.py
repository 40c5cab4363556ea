"""One dict of lists, read by a Dataset."""
# %% dataset
class Digits(Dataset):
    def __init__(self, root, train):
        files = datasets.MNIST(root, train=train, download=True)
        self.data = {"pixels": [image for image in files.data.float() / 255], "names": files.targets.tolist()}

    def __len__(self):
        return len(self.data["names"])

    def __getitem__(self, index):
        return {key: values[index] for key, values in self.data.items()}["pixels"].unsqueeze(0), self.data["names"][index]


def load_digits(root, train):
    return Digits(root, train)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
