"""The two is forgotten.

fails: derivative
hint: factor-missing
"""
# %% derivative
def slope_by_hand(w):
    return w - 3

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    f(place).backward()
    return place.grad.item()
