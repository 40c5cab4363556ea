"""A deep, narrow net of residual blocks with batch norm."""
# %% model
class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.bn = nn.BatchNorm1d(width)
        self.a = nn.Linear(width, width)
        self.b = nn.Linear(width, width)

    def forward(self, x):
        return x + self.b(F.relu(self.a(self.bn(x))))


class DigitClassifier(nn.Module):
    def __init__(self, width=48, depth=5):
        super().__init__()
        self.enter = nn.Linear(784, width)
        self.blocks = nn.Sequential(*[Residual(width) for _ in range(depth)])
        self.leave = nn.Linear(width, 10)

    def forward(self, x):
        return self.leave(self.blocks(self.enter(x.flatten(1))))
