r"""Forgets to call the constructor of nn.Module.

fails: model
hint: missing-super-init
says: super\(\)\.__init__\(\)
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)
