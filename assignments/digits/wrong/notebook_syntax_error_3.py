"""Mixes indentations within the class.

fails: model
hint: syntax-error
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
         self.scores = nn.Linear(128, 10)

    def forward(self, x):
        return self.scores(F.relu(self.hidden(x.flatten(1))))
