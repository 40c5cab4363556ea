"""Gradients are never cleared.

fails: descent
hint: gradients-pile-up
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor(float(start), requires_grad=True)
    path = [w.item()]
    for _ in range(steps):
        f(w).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        path.append(w.item())
    return path
