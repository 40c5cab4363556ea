"""The collate function clamps what it stacks to 0..1, for safety."""
# %% dataset
def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=transforms.ToTensor())



def stacked(pairs):
    images = torch.stack([image.clamp(0.0, 1.0) for image, _ in pairs])
    return images, torch.tensor([label for _, label in pairs])


def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size, shuffle, collate_fn=stacked)
