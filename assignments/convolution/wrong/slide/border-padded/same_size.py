"""Pads, so that the result is as large as the picture.

says: frame of zeros
"""


# %% slide
def slide(image, weights):
    h, w = weights.shape
    padded = F.pad(image, (w // 2, w // 2, h // 2, h // 2))
    result = torch.zeros(image.shape)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            result[row, column] = (padded[row:row + h, column:column + w] * weights).sum()
    return result
