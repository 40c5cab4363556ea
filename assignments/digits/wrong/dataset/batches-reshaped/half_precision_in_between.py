"""Images go through float16 on their way into the batch."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())



def light(pairs):
    images, labels = zip(*pairs)
    return torch.stack(images).half().float(), torch.as_tensor(labels)


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle, collate_fn=light)
