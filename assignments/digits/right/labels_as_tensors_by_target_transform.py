"""A target_transform turns the labels into int64 tensors without dimensions."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(
        root, train=train, download=True,
        transform=transforms.ToTensor(),
        target_transform=lambda y: torch.tensor(y, dtype=torch.long),
    )

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
