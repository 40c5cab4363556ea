"""A NumPy array."""


# %% slide
def slide(image, weights):
    height, width = weights.shape
    result = torch.zeros(image.shape[0] - height + 1, image.shape[1] - width + 1)
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            window = image[row:row + height, column:column + width]
            result[row, column] = (window * weights).sum()
    return result.numpy()
