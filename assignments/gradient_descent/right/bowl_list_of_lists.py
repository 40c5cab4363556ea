"""Keeps lists of numbers and makes the tensor at the end, in float64."""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    x, y = start.tolist()
    path = [[x, y]]
    for _ in range(steps):
        p = torch.tensor([x, y], dtype=torch.float64, requires_grad=True)
        f(p).backward()
        gx, gy = p.grad.tolist()
        x, y = x - learning_rate * gx, y - learning_rate * gy
        path.append([x, y])
    return torch.tensor(path)
