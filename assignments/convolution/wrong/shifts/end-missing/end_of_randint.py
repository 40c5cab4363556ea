r"""The end is never drawn.

says: most \+ 1
"""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    result = []
    for picture in wide:
        top = torch.randint(0, 2 * most if most else 1, (1,)).item()
        left = torch.randint(0, 2 * most if most else 1, (1,)).item()
        result.append(picture[:, top:top + 28, left:left + 28])
    return torch.stack(result)
