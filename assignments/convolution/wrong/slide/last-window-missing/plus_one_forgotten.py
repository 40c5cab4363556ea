r"""Leaves out the + 1.

says: \+ 1
"""


# %% slide
def slide(image, weights):
    height, width = weights.shape
    result = torch.zeros(image.shape[0] - height, image.shape[1] - width)
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            window = image[row:row + height, column:column + width]
            result[row, column] = (window * weights).sum()
    return result
