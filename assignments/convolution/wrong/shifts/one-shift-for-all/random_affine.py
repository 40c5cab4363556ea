"""RandomAffine of the batch."""


# %% shifts
def random_shifts(images, most):
    return transforms.RandomAffine(0, translate=(most / 28, most / 28))(images)
