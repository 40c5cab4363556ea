"""train sets the number of threads and the matrix precision.

advice: yes
hint: global-settings-changed
"""
# %% train
def train(model, loader, epochs):
    torch.set_num_threads(2)
    torch.set_float32_matmul_precision("medium")
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for x, y in loader:
            loss = F.cross_entropy(model(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(y)
        history.append(total / len(loader.dataset))
    return history
