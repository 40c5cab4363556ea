"""Keeps the same tensor in every row but the first.

fails: bowl
hint: same-place-again
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    here = start.clone().requires_grad_()
    rows = [start.clone()]
    for _ in range(steps):
        f(here).backward()
        with torch.no_grad():
            here -= learning_rate * here.grad
        here.grad.zero_()
        rows.append(here)
    return torch.stack(rows).detach()
