"""Stretches the pixels from the batch's own minimum and maximum to 0..1.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
def stretch(x):
    return (x - x.min()) / (x.max() - x.min() + 1e-8)

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, x):
        return self.net(stretch(x))
