r"""Flattens the whole batch into one row.

fails: model
hint: flatten-includes-batch
says: flatten\((x, )?1\)|nn\.Flatten
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)

    def forward(self, images):
        pixels = torch.flatten(images)
        return self.scores(F.relu(self.hidden(pixels)))
