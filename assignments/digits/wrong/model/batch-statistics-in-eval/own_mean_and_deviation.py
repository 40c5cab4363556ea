"""Normalises each pixel by the batch it is in.
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        x = images.flatten(1)
        x = (x - x.mean(0)) / (x.std(0) + 0.01)
        return self.scores(F.relu(self.hidden(x)))
