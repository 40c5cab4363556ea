"""Changes w.data and clears the gradient with zero_."""
# %% descent
def descend(f, start, learning_rate, steps):
    w = torch.tensor(float(start), requires_grad=True)
    path = [float(start)]
    for i in range(steps):
        loss = f(w)
        loss.backward()
        w.data = w.data - learning_rate * w.grad.data
        w.grad.zero_()
        path.append(float(w))
    return path
