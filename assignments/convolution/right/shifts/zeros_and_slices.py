"""A new black image, and slices of the old one."""


# %% shifts
import random

def random_shifts(images, most):
    out = torch.zeros_like(images)
    for i in range(images.shape[0]):
        dy, dx = random.randint(-most, most), random.randint(-most, most)
        src = images[i, :, max(0, -dy):28 - max(0, dy), max(0, -dx):28 - max(0, dx)]
        out[i, :, max(0, dy):28 - max(0, -dy), max(0, dx):28 - max(0, -dx)] = src
    return out
