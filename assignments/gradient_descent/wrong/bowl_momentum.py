"""A cleverer walk than the one asked for.

fails: bowl
hint: not-plain-steps
"""
# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    place = start.clone().requires_grad_()
    path = [start.clone()]
    speed = torch.zeros(2)
    for _ in range(steps):
        f(place).backward()
        with torch.no_grad():
            speed = 0.9 * speed + place.grad
            place -= learning_rate * speed
        place.grad = None
        path.append(place.detach().clone())
    return torch.stack(path)
