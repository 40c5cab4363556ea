"""Scores are a sigmoid times ten.

fails: model
hint: sigmoid-on-scores
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        return 10 * torch.sigmoid(self.scores(torch.relu(self.hidden(images.flatten(1)))))
