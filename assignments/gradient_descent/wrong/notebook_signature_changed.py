"""Arguments are missing.

fails: descent
hint: signature-changed
"""
# %% descent
def descend(f, start):
    w, path = float(start), [float(start)]
    for _ in range(8):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - 0.5 * place.grad.item()
        path.append(w)
    return path
