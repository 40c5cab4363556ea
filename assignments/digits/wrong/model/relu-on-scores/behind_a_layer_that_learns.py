"""Ends in a ReLU, with a wide layer before it and a bias that lifts the scores, so that it learns all the same.

advice: yes
hint: relu-on-scores
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 200)
        self.scores = nn.Linear(200, 10)
        nn.init.constant_(self.scores.bias, 1.0)

    def forward(self, images):
        return F.relu(self.scores(F.relu(self.hidden(images.flatten(1)))))
