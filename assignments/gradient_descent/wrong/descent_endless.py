"""Walks until it is flat, which never comes.

fails: descent
hint: endless-walk
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    while len(path) > 0:
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.item()
    return path
