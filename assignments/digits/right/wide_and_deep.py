"""A linear path from pixels to scores beside a deep one."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = nn.Linear(784, 10)
        self.deep = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, x):
        x = torch.flatten(x, start_dim=1, end_dim=-1)
        return self.wide(x) + self.deep(x)
