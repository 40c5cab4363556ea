"""The slope stays a tensor.

fails: derivative
hint: slope-not-a-number
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    f(place).backward()
    return place.grad
