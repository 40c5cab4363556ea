"""Two levels of inheritance: a base class with counters and helper methods, a child with the layers."""
# %% extra
class BaseModel(nn.Module):
    """Things that every model of mine should have."""

    def n_params(self):
        return sum(p.numel() for p in self.parameters())

    @property
    def device(self):
        return next(self.parameters()).device

    def __repr__(self):
        return f"{type(self).__name__}({self.n_params():,} parameters)"
# %% model
class DigitClassifier(BaseModel):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = x.to(self.device).flatten(1)
        return self.fc2(F.relu(self.fc1(x)))
