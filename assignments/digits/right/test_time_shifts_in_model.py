"""In eval mode the model averages its scores over shifted copies of the image."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 128), nn.Linear(128, 10)
    def scores(self, x):
        return self.b(F.relu(self.a(x.flatten(1))))
    def forward(self, x):
        if self.training:
            return self.scores(x)
        return sum(self.scores(torch.roll(x, (i, j), (2, 3))) for i in (-1, 0, 1) for j in (-1, 0, 1)) / 9
