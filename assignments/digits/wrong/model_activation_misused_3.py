r"""Puts the class nn.ReLU into Sequential without calling it.

fails: model
hint: activation-misused
says: nn\.ReLU\(\)|F\.relu
"""
# %% model
class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Flatten(),
            nn.Linear(28 * 28, 64),
            nn.ReLU,
            nn.Linear(64, 10),
        )
