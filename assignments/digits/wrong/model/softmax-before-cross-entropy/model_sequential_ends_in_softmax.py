"""A Sequential whose last layer is nn.Softmax, since probabilities are wanted.
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 128), nn.ReLU(),
            nn.Linear(128, 64), nn.ReLU(),
            nn.Linear(64, 10),
            nn.Softmax(dim=1),       # ten probabilities
        )

    def forward(self, x):
        return self.net(x)
