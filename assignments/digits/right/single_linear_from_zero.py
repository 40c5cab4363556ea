"""One Linear layer that starts at zero: its first scores are all equal, which is right for it."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(28 * 28, 10)
        nn.init.zeros_(self.lin.weight)
        nn.init.zeros_(self.lin.bias)

    def forward(self, x):
        return self.lin(x.flatten(start_dim=1))
