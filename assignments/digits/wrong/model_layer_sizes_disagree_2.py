r"""Mistypes the number of pixels as 748.

fails: model
hint: layer-sizes-disagree
says: \d+ inputs|as many inputs
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.Sequential(
            nn.Flatten(),
            nn.Linear(748, 128),
            nn.ReLU(),
            nn.Linear(128, 10),
        )

    def forward(self, x):
        return self.model(x)
