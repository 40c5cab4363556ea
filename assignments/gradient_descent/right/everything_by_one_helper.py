"""One helper of the student's own does both walks."""
# %% derivative
def gradient_at(f, place):
    place = place.detach().clone().requires_grad_()
    with torch.enable_grad():
        f(place).backward()
    return place.grad

def slope_by_hand(w):
    return 2.0 * w - 2.0 * 3.0

def slope(f, w):
    return gradient_at(f, torch.tensor(w * 1.0)).item()


# %% descent
def descend(f, start, learning_rate, steps):
    place = torch.tensor(start * 1.0)
    path = [place.item()]
    for _ in range(steps):
        place = place - learning_rate * gradient_at(f, place)
        path.append(place.item())
    return path


# %% bowl
def descend_in_bowl(f, start, learning_rate, steps):
    path = [start.clone()]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient_at(f, path[-1]))
    return torch.stack(path, dim=0)
