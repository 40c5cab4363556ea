"""Gives the height.

fails: derivative
hint: value-not-slope
"""
# %% derivative
def slope_by_hand(w):
    return (w - 3) ** 2 + 1

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    f(place).backward()
    return place.grad.item()
