"""What leaves on one side comes back on the other.

says: torch.roll
"""


# %% shifts
def random_shifts(images, most):
    result = images.clone()
    for i in range(len(images)):
        down, right = torch.randint(-most, most + 1, (2,)).tolist()
        result[i] = images[i].roll((down, right), dims=(1, 2))
    return result
