"""One hidden layer of 4096 units.

advice: yes
hint: oversized-model
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden=4096):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, hidden), nn.ReLU(), nn.Linear(hidden, 10))

    def forward(self, images):
        return self.net(images)
