"""Makes whole numbers of the sums.
"""
# %% slide
def slide(image, weights):
    h, w = weights.shape
    rows = []
    for i in range(image.shape[0] - h + 1):
        row = []
        for j in range(image.shape[1] - w + 1):
            row.append(int((image[i:i+h, j:j+w] * weights).sum()))
        rows.append(row)
    return torch.tensor(rows)
