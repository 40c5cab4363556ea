"""Moves to the left and right alone."""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    result = []
    for picture in wide:
        top = most
        left = torch.randint(0, 2 * most + 1, (1,)).item()
        result.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(result)
