"""The constant is still there.

fails: derivative
hint: constant-kept
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3) + 1

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    f(place).backward()
    return place.grad.item()
