"""Returns where it ended.

fails: descent
hint: last-place-only
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.item()
        path.append(w)
    return w
