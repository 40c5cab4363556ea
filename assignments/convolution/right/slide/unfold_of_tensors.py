"""Windows by Tensor.unfold, and einsum."""


# %% slide
def slide(image, weights):
    h, w = weights.shape
    windows = image.unfold(0, h, 1).unfold(1, w, 1)
    return torch.einsum("abij,ij->ab", windows, weights)
