"""nn.LogSoftmax as last layer; train picks the label's log-probability out by indexing."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(784, 80), nn.Tanh(), nn.Linear(80, 10), nn.LogSoftmax(dim=-1))

    def forward(self, x):
        return self.body(x)
# %% train
def train(model, loader, epochs):
    opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5)
    means = []
    for _ in range(epochs):
        model.train()
        per_image = []
        for x, y in loader:
            log_p = model(x)
            nll = -log_p[torch.arange(len(y)), y]
            opt.zero_grad()
            nll.mean().backward()
            opt.step()
            per_image += nll.tolist()
        means.append(sum(per_image) / len(per_image))
    return means
