"""Computes the step and never takes it.

fails: descent
hint: no-step
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        new = w - learning_rate * place.grad.item()
        path.append(w)
    return path
