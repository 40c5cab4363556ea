r"""Reshapes everything into a single row.

fails: model
hint: flatten-includes-batch
says: flatten\((x, )?1\)|nn\.Flatten
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super(DigitClassifier, self).__init__()
        self.linear1 = nn.Linear(28 * 28, 64)
        self.linear2 = nn.Linear(64, 10)

    def forward(self, x):
        x = x.reshape(1, -1)
        x = self.linear1(x).relu()
        return self.linear2(x)
