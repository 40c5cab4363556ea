"""Gives the share to drop as percent, which Dropout refuses.

fails: model
hint: dropout-too-strong
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128),
            nn.ReLU(),
            nn.Dropout(20),
            nn.Linear(128, 10),
        )

    def forward(self, x):
        return self.net(x)
