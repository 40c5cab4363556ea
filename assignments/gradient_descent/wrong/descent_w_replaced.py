"""w becomes a new tensor that gets no gradient.

fails: descent
hint: gradient-never-made
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor(float(start), requires_grad=True)
    path = [w.item()]
    for _ in range(steps):
        f(w).backward()
        w = w - learning_rate * w.grad
        path.append(w.item())
    return path
