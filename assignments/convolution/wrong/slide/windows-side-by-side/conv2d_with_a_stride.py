"""F.conv2d with the filter size as stride."""


# %% slide
def slide(image, weights):
    return F.conv2d(image[None, None], weights[None, None], stride=weights.shape)[0, 0]
