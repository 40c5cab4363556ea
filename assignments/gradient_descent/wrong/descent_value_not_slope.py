"""Steps by the height in place of the slope.

fails: descent
hint: value-not-slope
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w = float(start)
    path = [w]
    for i in range(steps):
        w = w - learning_rate * f(w)
        path.append(w)
    return path
