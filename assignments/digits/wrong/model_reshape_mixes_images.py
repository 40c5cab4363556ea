"""Reshapes to (784, B) and transposes, which mixes pixels of different images.

fails: model
hint: reshape-mixes-images
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = x.reshape(784, -1).t()
        x = F.relu(self.fc1(x))
        return self.fc2(x)
