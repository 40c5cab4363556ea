"""Scores are multiplied by thirty.

advice: huge-first-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        return 30 * self.scores(torch.relu(self.hidden(images.flatten(1))) / 30)
