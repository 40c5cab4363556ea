r"""Replaces the class by one instance of it.

fails: model
hint: model-needs-arguments
says: DigitClassifier\(\)
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        return self.scores(F.relu(self.hidden(images.flatten(1))))


DigitClassifier = DigitClassifier()
