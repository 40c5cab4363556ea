"""A list of images."""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    result = []
    for picture in wide:
        top = torch.randint(0, 2 * most + 1, (1,)).item()
        left = torch.randint(0, 2 * most + 1, (1,)).item()
        result.append(picture[:, top:top + 28, left:left + 28])
    return result
