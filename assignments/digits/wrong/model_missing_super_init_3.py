r"""Calls the constructor of nn.Module too late, after making the layers.

fails: model
hint: missing-super-init
says: super\(\)\.__init__\(\)
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden_size=100):
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(28 * 28, hidden_size)
        self.scores = nn.Linear(hidden_size, 10)
        super(DigitClassifier, self).__init__()

    def forward(self, x):
        x = self.flatten(x)
        x = self.hidden(x).relu()
        return self.scores(x)
