"""Makes its own weight matrices, filled with equal numbers.

fails: model
hint: identical-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1 = nn.Parameter(torch.full((784, 64), 1 / 784))
        self.b1 = nn.Parameter(torch.zeros(64))
        self.w2 = nn.Parameter(torch.full((64, 10), 1 / 64))
        self.b2 = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        hidden = torch.tanh(x.reshape(x.shape[0], 784) @ self.w1 + self.b1)
        return hidden @ self.w2 + self.b2
