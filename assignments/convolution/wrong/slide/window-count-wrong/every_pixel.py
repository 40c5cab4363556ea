"""A window begins at every pixel.

says: H - h . 1
"""


# %% slide
def slide(image, weights):
    height, width = weights.shape
    result = torch.zeros(image.shape[0], image.shape[1])
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            window = image[row:row + height, column:column + width]
            result[row, column] = (window * weights).sum()
    return result
