"""One moved picture for each weight."""


# %% slide
def slide(image, weights):
    H, W = image.shape
    h, w = weights.shape
    total = 0
    for a in range(h):
        for b in range(w):
            total = total + weights[a, b] * image[a:H - h + 1 + a, b:W - w + 1 + b]
    return total
