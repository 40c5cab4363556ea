"""The result has the size of the filter."""


# %% slide
def slide(image, weights):
    height, width = weights.shape
    result = torch.zeros(weights.shape)
    for row in range(image.shape[0] - height + 1):
        for column in range(image.shape[1] - width + 1):
            window = image[row:row + height, column:column + width]
            result[row, column] = (window * weights).sum()
    return result
