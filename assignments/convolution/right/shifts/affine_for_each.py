"""RandomAffine for each image."""


# %% shifts
def random_shifts(images, most):
    if most == 0:
        return images.clone()
    move = transforms.RandomAffine(degrees=0, translate=(most / 28, most / 28))
    return torch.stack([move(image) for image in images])
