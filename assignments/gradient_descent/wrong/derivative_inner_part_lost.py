"""Derives w² instead.

fails: derivative
hint: inner-part-lost
"""
# %% derivative
def slope_by_hand(w):
    return 2 * w

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    f(place).backward()
    return place.grad.item()
