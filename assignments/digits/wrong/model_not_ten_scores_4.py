r"""Adds an eleventh score for "no digit".

fails: model
hint: not-ten-scores
says: \bten\b|10
"""
# %% model
NUM_CLASSES = 11


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 80)
        self.head = nn.Linear(80, NUM_CLASSES)

    def forward(self, x):
        return self.head(F.elu(self.hidden(x.flatten(1))))
