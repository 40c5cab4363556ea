"""Calls f with an ordinary number.

fails: derivative
hint: requires-grad-missing
"""
# %% derivative
def slope_by_hand(w):
    return 2 * (w - 3)

def slope(f, w):
    height = f(float(w))
    height.backward()
    return w.grad
