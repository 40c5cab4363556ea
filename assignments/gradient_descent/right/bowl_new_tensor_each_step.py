"""Makes a new tensor for each step, so that nothing has to be cleared."""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    path = [start]
    for _ in range(steps):
        place = path[-1].detach().clone().requires_grad_(True)
        gradient = torch.autograd.grad(f(place), place)[0]
        path.append((place - learning_rate * gradient).detach())
    return torch.stack(path)
