"""Uses the slope from the part before, and a while loop."""
# %% descent
def descend(f, start, learning_rate, steps):
    path = [float(start)]
    while len(path) <= steps:
        path.append(path[-1] - learning_rate * slope(f, path[-1]))
    return path
