"""Measures the slope at the start in every step.

fails: descent
hint: slope-of-the-start
"""
# %% descent
def descend(f, start, learning_rate, steps):
    places = [float(start)]
    for _ in range(steps):
        here = torch.tensor(float(start), requires_grad=True)
        f(here).backward()
        places.append(places[-1] - learning_rate * here.grad.item())
    return places
