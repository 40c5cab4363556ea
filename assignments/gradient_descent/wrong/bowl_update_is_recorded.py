"""The step without no_grad.

fails: bowl
hint: update-is-recorded
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for _ in range(steps):
        f(place).backward()
        place -= learning_rate * place.grad
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
