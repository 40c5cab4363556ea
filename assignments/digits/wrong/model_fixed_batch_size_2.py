"""Squeezes the scores, so that a batch of one loses its batch dimension.

fails: model
hint: fixed-batch-size
says: batch size
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, x):
        return self.net(x).squeeze()
