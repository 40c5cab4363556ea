"""backward() is forgotten.

fails: derivative
hint: gradient-never-made
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    place = torch.tensor(float(w), requires_grad=True)
    height = f(place)
    return place.grad.item()
