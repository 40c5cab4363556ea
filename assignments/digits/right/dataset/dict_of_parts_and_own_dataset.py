"""A dict of both parts, and an own Dataset class that keeps images and labels in lists."""
# %% dataset
class DigitList(Dataset):
    def __init__(self, pairs):
        self.images = [image for image, _ in pairs]
        self.labels = [label for _, label in pairs]

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return self.images[i], self.labels[i]


def load_digits(root, train):
    parts = {True: "training", False: "test"}
    which = {name: key for key, name in parts.items()}
    mnist = datasets.MNIST(root, train=which[parts[bool(train)]], download=True)
    pixels = mnist.data.unsqueeze(1).float() / 255
    return DigitList(list(zip(pixels, mnist.targets.tolist())))


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
