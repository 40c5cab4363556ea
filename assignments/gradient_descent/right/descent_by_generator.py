"""A generator inside, a list outside."""
# %% descent
def walk(f, w, learning_rate):
    while True:
        yield w
        place = torch.tensor(w, requires_grad=True)
        (gradient,) = torch.autograd.grad(f(place), place)
        w = w - learning_rate * gradient.item()

def descend(f, start, learning_rate, steps):
    places = walk(f, float(start), learning_rate)
    return [next(places) for _ in range(steps + 1)]
