"""Takes the channel away and feeds rows of 28 pixels into a Sequential.

fails: model
hint: linear-on-image-rows
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(28, 64), nn.GELU(), nn.Linear(64, 10))

    def forward(self, images):
        rows = images.squeeze(1)
        return self.net(rows)
