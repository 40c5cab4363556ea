r"""Names the constructor of nn.Module without parentheses after it.

fails: model
hint: missing-super-init
says: super\(\)\.__init__\(\)
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, images):
        return self.net(images)
