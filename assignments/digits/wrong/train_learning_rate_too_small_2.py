"""Adam with a learning rate of 1e-8, taken for its eps.

fails: train
hint: learning-rate-too-small
"""
# %% train
def train(model, dl, epochs):
    loss_fn = nn.NLLLoss()
    adam = torch.optim.Adam(model.parameters(), 1e-8)
    curve = []
    for _ in range(epochs):
        model.train()
        running, n = 0.0, 0
        for xb, yb in dl:
            loss = loss_fn(model(xb).log_softmax(dim=1), yb)
            adam.zero_grad()
            loss.backward()
            adam.step()
            running += loss.item() * len(yb)
            n += len(yb)
        curve.append(running / n)
    return curve
