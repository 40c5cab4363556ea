"""Tensors in the list.

fails: descent
hint: places-kept-as-tensors
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor(float(start), requires_grad=True)
    path = [w.detach().clone()]
    for _ in range(steps):
        f(w).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
        path.append(w.detach().clone())
    return path
