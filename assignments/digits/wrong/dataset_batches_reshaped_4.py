"""Own collate function that packs the labels into bytes (uint8), which the loss takes all the same.

advice: yes
hint: batches-reshaped
"""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())


def stack_items(items):
    images = torch.stack([image for image, _ in items])
    labels = torch.tensor([int(label) for _, label in items], dtype=torch.uint8)
    return images, labels


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=stack_items)
