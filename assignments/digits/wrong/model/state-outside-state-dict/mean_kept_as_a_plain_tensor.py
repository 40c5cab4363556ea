"""The mean of the batches it has trained on is kept as a plain tensor: a model that loads the weights starts from zeros.

fails: model
hint: state-outside-state-dict
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)
        self.mean = 0.0

    def forward(self, images):
        pixels = images.flatten(1)
        if self.training:
            self.mean = 0.9 * self.mean + 0.1 * float(pixels.mean())
        return self.scores(F.relu(self.hidden(4 * (pixels - self.mean))))
