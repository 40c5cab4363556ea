"""The transforms are of torchvision's second generation: ToImage, then ToDtype with scale."""
# %% dataset
from torchvision.transforms import v2

to_float_image = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])

def load_digits(root, train):
    return datasets.MNIST(root, train=train, download=True, transform=to_float_image)

def make_loader(dataset, batch_size, shuffle):
    return DataLoader(dataset, batch_size=batch_size, shuffle=shuffle)
