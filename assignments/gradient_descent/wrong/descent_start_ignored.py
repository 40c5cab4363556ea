"""Always begins at 0.

fails: descent
hint: start-ignored
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = 0.0, [0.0]
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.item()
        path.append(w)
    return path
