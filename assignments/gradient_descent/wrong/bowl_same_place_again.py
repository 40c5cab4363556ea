"""The list holds one tensor many times.

fails: bowl
hint: same-place-again
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [place.data]
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            place -= learning_rate * place.grad
        place.grad = None
        path.append(place.data)
    return torch.stack(path)
