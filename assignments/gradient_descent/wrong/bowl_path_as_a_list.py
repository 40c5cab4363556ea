"""A list of tensors.

fails: bowl
hint: path-not-stacked
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        place.grad = None
        path.append(place.detach().clone())
    return path
