"""A self-normalising net: SELU, LeCun initialisation, alpha dropout."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128), nn.SELU(), nn.AlphaDropout(0.05),
            nn.Linear(128, 128), nn.SELU(), nn.AlphaDropout(0.05),
            nn.Linear(128, 10),
        )
        for m in self.net:
            if isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="linear")
                nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.net(x)
