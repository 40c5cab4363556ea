"""Freezes the weights of the last layer; only its bias learns.

fails: model
hint: frozen-weights
says: requires_grad
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.Tanh(), nn.Linear(64, 10))
        self.net[-1].weight.requires_grad_(False)

    def forward(self, images):
        return self.net(images)
