"""Walks on the valley of the lesson.

fails: descent
hint: other-function
"""
# %% descent
def descend(f, start, learning_rate, steps):
    w, path = float(start), [float(start)]
    for _ in range(steps):
        w = w - learning_rate * slope_by_hand(w)
        path.append(w)
    return path
