"""Builds blocks of Linear and ReLU, the last one included.

fails: model
hint: relu-on-scores
"""
# %% model
def block(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, outputs), nn.ReLU())


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.block1 = block(28 * 28, 128)
        self.block2 = block(128, 64)
        self.block3 = block(64, 10)

    def forward(self, x):
        return self.block3(self.block2(self.block1(self.flatten(x))))
