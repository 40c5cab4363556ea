"""Four loops, in plain Python numbers."""


# %% slide
def slide(image, weights):
    h, w = len(weights), len(weights[0])
    rows = []
    for top in range(len(image) - h + 1):
        row = []
        for left in range(len(image[0]) - w + 1):
            total = 0.0
            for a in range(h):
                for b in range(w):
                    total += image[top + a][left + b].item() * weights[a][b].item()
            row.append(total)
        rows.append(row)
    return torch.tensor(rows)
