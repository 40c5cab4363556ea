r"""The second layer expects 64 inputs, but the first gives 128.

fails: model
hint: layer-sizes-disagree
says: \d+ inputs|as many inputs
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)
