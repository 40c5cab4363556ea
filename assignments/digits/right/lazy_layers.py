"""LazyLinear layers, made real by a trial image inside __init__."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.LazyLinear(128), nn.ReLU(), nn.LazyLinear(10))
        self.net(torch.zeros(2, 1, 28, 28))  # finds out the sizes

    def forward(self, x):
        return self.net(x)
