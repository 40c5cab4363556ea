r"""Writes nn.ReLU(x) where F.relu(x) is meant.

fails: model
hint: activation-misused
says: nn\.ReLU\(\)|F\.relu
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = x.flatten(1)
        x = nn.ReLU(self.fc1(x))
        return self.fc2(x)
