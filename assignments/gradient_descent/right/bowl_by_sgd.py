"""torch.optim.SGD and nn.Parameter."""
# %% bowl
from torch import nn, optim

def descend_in_bowl(f, start, learning_rate, steps):
    place = nn.Parameter(start.detach().clone())
    opt = optim.SGD([place], lr=learning_rate)
    rows = torch.empty(steps + 1, 2)
    rows[0] = start
    for row in range(1, steps + 1):
        opt.zero_grad()
        f(place).backward()
        opt.step()
        rows[row] = place.detach()
    return rows
