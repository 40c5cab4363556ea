"""Pads with the other side."""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most), mode='circular')
    result = []
    for picture in wide:
        top = torch.randint(0, 2 * most + 1, (1,)).item()
        left = torch.randint(0, 2 * most + 1, (1,)).item()
        result.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(result)
