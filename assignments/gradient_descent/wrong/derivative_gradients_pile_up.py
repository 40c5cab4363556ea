"""One tensor for all calls, whose gradient is never cleared.

fails: derivative
hint: gradients-pile-up
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

place = torch.tensor(0.0, requires_grad=True)

def slope(f, w):
    place.data = torch.tensor(float(w))
    f(place).backward()
    return place.grad.item()
