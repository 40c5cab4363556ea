"""SiLU activations, and no layer has a bias."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.stack = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128, bias=False), nn.SiLU(),
            nn.Linear(128, 64, bias=False), nn.SiLU(),
            nn.Linear(64, 10, bias=False),
        )
    def forward(self, x): return self.stack(x)
