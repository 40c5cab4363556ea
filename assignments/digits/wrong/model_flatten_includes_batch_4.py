r"""Flattens with view(-1) into one long vector.

fails: model
hint: flatten-includes-batch
says: flatten\((x, )?1\)|nn\.Flatten
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, img):
        return self.fc(img.view(-1))
