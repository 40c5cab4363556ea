"""Walks by recursion, and gives a tuple."""
# %% descent
def descend(f, start, learning_rate, steps):
    if steps == 0:
        return (float(start),)
    w = torch.tensor(float(start), dtype=torch.double, requires_grad=True)
    f(w).backward()
    return (float(start), *descend(f, (w - learning_rate * w.grad).item(), learning_rate, steps - 1))
