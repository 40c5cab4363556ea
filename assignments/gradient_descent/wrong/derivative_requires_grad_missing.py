"""The tensor wants no gradient.

fails: derivative
hint: requires-grad-missing
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w))
    f(place).backward()
    return place.grad.item()
