"""Fills the result by columns."""


# %% slide
def slide(image, weights):
    h, w = weights.shape
    columns = []
    for left in range(image.shape[1] - w + 1):
        columns.append([float((image[top:top + h, left:left + w] * weights).sum()) for top in range(image.shape[0] - h + 1)])
    return torch.tensor(columns)
