"""A Sequential of three Linear layers.

advice: yes
hint: no-nonlinearity
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.Linear(256, 64), nn.Linear(64, 10))

    def forward(self, x):
        return self.layers(x)
