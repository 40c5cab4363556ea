"""Only the first number moves.

fails: bowl
hint: one-direction-only
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            place[0] -= learning_rate * place.grad[0]
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
