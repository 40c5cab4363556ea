r"""Tells nn.Flatten to start at the batch dimension.

fails: model
hint: flatten-includes-batch
says: flatten\((x, )?1\)|nn\.Flatten
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.stack = nn.Sequential(
            nn.Flatten(start_dim=0),
            nn.Linear(784, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.stack(x)
