"""Counts the weights from the end."""


# %% slide
def slide(image, weights):
    h, w = weights.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    return sum(weights[h - 1 - a, w - 1 - b] * image[a:a + rows, b:b + columns] for a in range(h) for b in range(w))
