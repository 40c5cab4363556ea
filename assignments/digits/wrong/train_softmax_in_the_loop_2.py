"""Puts an nn.Softmax layer between model and loss, and trains with momentum.

fails: train
hint: softmax-in-the-loop
"""
# %% train
def train(model, loader, epochs):
    softmax = nn.Softmax(dim=-1)
    network = nn.Sequential(model, softmax)
    sgd = torch.optim.SGD(network.parameters(), lr=0.2, momentum=0.9)
    result = []
    for _ in range(epochs):
        network.train()
        total, count = 0.0, 0
        for pixels, digits in loader:
            sgd.zero_grad()
            loss = F.cross_entropy(network(pixels), digits)
            loss.backward()
            sgd.step()
            count += len(digits)
            total += loss.item() * len(digits)
        result.append(total / count)
    return result
