"""The step without no_grad.

fails: descent
hint: update-is-recorded
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor(float(start), requires_grad=True)
    path = [w.item()]
    for _ in range(steps):
        f(w).backward()
        w -= learning_rate * w.grad
        w.grad.zero_()
        path.append(w.item())
    return path
