"""The last layer has eight outputs; two constant columns are glued on so that the shape is (B, 10).

fails: model
hint:
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.scores = nn.Linear(128, 8)

    def forward(self, images):
        scores = self.scores(F.relu(self.hidden(images.flatten(1))))
        return F.pad(scores, (0, 2), value=-20.0)
