"""Maxout in place of an activation function."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.pieces = nn.Linear(784, 64 * 3)
        self.final = nn.Linear(64, 10)

    def forward(self, x):
        z = self.pieces(x.flatten(1)).unflatten(1, (64, 3))
        return self.final(z.max(dim=2).values)
