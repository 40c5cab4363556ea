"""Draws once for the whole batch.

says: for each image
"""


# %% shifts
def random_shifts(images, most):
    wide = F.pad(images, (most, most, most, most))
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return wide[:, :, top:top + 28, left:left + 28]
