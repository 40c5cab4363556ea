"""Moves the images that were given.

says: clone
"""


# %% shifts
def random_shifts(images, most):
    for i in range(len(images)):
        down, right = torch.randint(-most, most + 1, (2,)).tolist()
        wide = F.pad(images[i], (most, most, most, most))
        images[i] = wide[:, most - down:most - down + 28, most - right:most - right + 28]
    return images
