"""A keep probability of 0.95 handed to Dropout in a Sequential.

advice: yes
hint: dropout-too-strong
"""
# %% model
KEEP = 0.95


class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Flatten(),
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Dropout(p=KEEP),
            nn.Linear(512, 10),
        )
