"""Normalises the batch in place.

fails: model
hint: input-changed
says: new tensor|as it was
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x -= 0.1307
        x /= 0.3081
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)
