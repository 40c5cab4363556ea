"""Draws from -2 · most on."""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (2 * most, 2 * most, 2 * most, 2 * most))
    result = []
    for picture in wide:
        top = torch.randint(0, 4 * most + 1, (1,)).item()
        left = torch.randint(0, 4 * most + 1, (1,)).item()
        result.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(result)
