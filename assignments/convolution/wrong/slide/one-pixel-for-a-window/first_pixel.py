"""Multiplies the filter with the first pixel of each window.
"""
# %% slide
def slide(image, weights):
    h, w = weights.shape
    H, W = image.shape
    out = torch.zeros(H - h + 1, W - w + 1)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            out[i, j] = (image[i, j] * weights).sum()
    return out
