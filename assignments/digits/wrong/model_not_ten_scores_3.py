r"""Stops at the hidden layer: 64 numbers per image, no last layer.

fails: model
hint: not-ten-scores
says: \bten\b|10
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer1 = nn.Linear(784, 128)
        self.layer2 = nn.Linear(128, 64)

    def forward(self, x):
        x = self.layer1(x.reshape(len(x), 784))
        return self.layer2(F.leaky_relu(x))
