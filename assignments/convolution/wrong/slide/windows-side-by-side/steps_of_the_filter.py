"""The filter jumps by its own size.

says: overlap
"""


# %% slide
def slide(image, weights):
    h, w = weights.shape
    rows = []
    for top in range(0, image.shape[0] - h + 1, h):
        rows.append(torch.stack([(image[top:top + h, left:left + w] * weights).sum() for left in range(0, image.shape[1] - w + 1, w)]))
    return torch.stack(rows)
