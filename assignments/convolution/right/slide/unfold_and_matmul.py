"""As with im2col: unfold, one matrix product, reshape."""


# %% slide
def slide(image, weights):
    kh, kw = weights.shape
    patches = F.unfold(image[None, None], (kh, kw))
    out = weights.reshape(1, -1) @ patches[0]
    return out.view(image.size(0) - kh + 1, image.size(1) - kw + 1)
