"""Returns where it ended.

fails: bowl
hint: last-place-only
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
    return place.detach()
