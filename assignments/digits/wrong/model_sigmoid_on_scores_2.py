"""Puts nn.Sigmoid after every layer, the last one too.

fails: model
hint: sigmoid-on-scores
says: sigmoid
"""
# %% model
class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Flatten(),
            nn.Linear(784, 100),
            nn.Sigmoid(),
            nn.Linear(100, 10),
            nn.Sigmoid(),
        )
