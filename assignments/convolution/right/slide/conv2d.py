"""By F.conv2d after all."""


# %% slide
def slide(image, weights):
    return F.conv2d(image[None, None], weights[None, None])[0, 0]
