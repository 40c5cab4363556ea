"""Misspells `forward`.

fails: model
hint: missing-forward
says: forward
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def foward(self, x):
        x = x.flatten(1)
        return self.fc2(F.relu(self.fc1(x)))
