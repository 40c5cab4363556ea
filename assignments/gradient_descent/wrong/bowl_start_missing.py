"""The path begins after the first step.

fails: bowl
hint: start-missing
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = []
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
