"""Lets torch.optim.SGD take the steps."""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor([float(start)], requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=learning_rate)
    path = [w.item()]
    for step in range(steps):
        optimizer.zero_grad()
        f(w).sum().backward()
        optimizer.step()
        path += [w.item()]
    return path
