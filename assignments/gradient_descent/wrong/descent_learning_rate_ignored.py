"""Always walks at 0.1.

fails: descent
hint: learning-rate-ignored
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - 0.1 * place.grad.item()
        path.append(w)
    return path
