"""The list begins after the first step.

fails: descent
hint: start-missing
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), []
    for _ in range(steps):
        place = torch.tensor(w, requires_grad=True)
        f(place).backward()
        w = w - learning_rate * place.grad.item()
        path.append(w)
    return path
