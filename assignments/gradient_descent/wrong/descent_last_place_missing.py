"""Appends before the step, so that the end is missing.

fails: descent
hint: one-step-missing
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), []
    for _ in range(steps):
        path.append(w)
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.item()
    return path
