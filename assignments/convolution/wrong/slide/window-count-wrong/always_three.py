"""Counts on filters of 3 × 3.

hint: window-over-the-edge, window-count-wrong, last-window-missing
"""


# %% slide
def slide(image, weights):
    height, width = weights.shape
    result = torch.zeros(image.shape[0] - 2, image.shape[1] - 2)
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            window = image[row:row + height, column:column + width]
            result[row, column] = (window * weights).sum()
    return result
