"""Calls the class DigitsClassifier.

fails: model
hint: name-missing
"""
# %% model
class DigitsClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, x):
        return self.layers(x)
