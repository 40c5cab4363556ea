"""A Sequential that starts with Linear instead of Flatten.

fails: model
hint: missing-flatten
says: [Ff]latten
"""
# %% model
class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Linear(28 * 28, 256),
            nn.ReLU(),
            nn.Linear(256, 64),
            nn.ReLU(),
            nn.Linear(64, 10),
        )
