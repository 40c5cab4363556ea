"""Rolls, then wipes out what came round."""


# %% shifts
def random_shifts(images, most):
    out = []
    for image in images:
        dy = int(torch.randint(-most, most + 1, ()))
        dx = int(torch.randint(-most, most + 1, ()))
        image = torch.roll(image, (dy, dx), (-2, -1))
        if dy > 0:
            image[:, :dy] = 0
        elif dy < 0:
            image[:, dy:] = 0
        if dx > 0:
            image[:, :, :dx] = 0
        elif dx < 0:
            image[:, :, dx:] = 0
        out.append(image)
    return torch.stack(out)
