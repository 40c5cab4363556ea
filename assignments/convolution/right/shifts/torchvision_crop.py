"""RandomCrop of torchvision for each image."""


# %% shifts
def random_shifts(images, most):
    crop = transforms.RandomCrop(28, padding=most)
    return torch.stack([crop(img) for img in images])
