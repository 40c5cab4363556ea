"""All steps are equally long.

fails: descent
hint: direction-only
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.sign().item()
        path.append(w)
    return path
