"""All batches are joined in one tensor, from which the student draws batches of the same size."""
# %% train
def train(model, loader, epochs):
    xs, ys = zip(*loader)
    size = len(ys[0])
    x_all, y_all = torch.cat(xs), torch.cat(ys)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    losses = []
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(y_all))
        total = 0.0
        # tensor_split makes parts of nearly equal size, so that no part is left with a single image
        for pick in order.tensor_split(-(-len(order) // size)):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x_all[pick]), y_all[pick])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(pick)
        losses.append(total / len(y_all))
    return losses
