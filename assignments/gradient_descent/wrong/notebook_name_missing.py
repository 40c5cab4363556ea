"""The function has another name.

fails: bowl
hint: name-missing
"""
# %% bowl
def bowl_descent(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
