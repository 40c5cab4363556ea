"""Own collate function that gives labels as a float column.

fails: dataset
hint: batches-reshaped
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def make_loader(dataset, batch_size, shuffle):
    def collate(items):
        x = torch.stack([item[0] for item in items])
        y = torch.tensor([float(item[1]) for item in items]).unsqueeze(1)
        return x, y

    return DataLoader(dataset, batch_size, shuffle, collate_fn=collate)
