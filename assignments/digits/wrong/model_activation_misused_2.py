r"""Puts the function F.relu into Sequential.

fails: model
hint: activation-misused
says: nn\.ReLU\(\)|F\.relu
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), F.relu, nn.Linear(128, 10))

    def forward(self, x):
        return self.net(x)
