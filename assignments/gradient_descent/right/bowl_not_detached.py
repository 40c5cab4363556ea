"""The path still carries its history; sub_ does the step."""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone()
    path = [place]
    for _ in range(steps):
        leaf = place.detach().requires_grad_()
        f(leaf).backward()
        place = leaf - learning_rate * leaf.grad
        path.append(place)
    return torch.vstack(path)
