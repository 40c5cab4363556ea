"""Gives the slope of the valley, whatever f is.

fails: derivative
hint: other-function
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    valley(place).backward()
    return place.grad.item()
