"""Never up and never to the left.

says: -most
"""


# %% shifts
def random_shifts(images, most):
    result = torch.zeros_like(images)
    for i in range(len(images)):
        down, right = torch.randint(0, most + 1, (2,)).tolist()
        result[i, :, down:, right:] = images[i, :, :28 - down, :28 - right]
    return result
