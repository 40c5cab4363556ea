r"""Counts the digits from 1 to 9 and gives nine scores.

fails: model
hint: not-ten-scores
says: \bten\b|10
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 9))

    def forward(self, images):
        return self.net(images)
