"""Fails where w is a whole number.

fails: derivative
hint: whole-number-place
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(w, requires_grad=True)
    f(place).backward()
    return place.grad.item()
