"""Returns the indices that max gives.

fails: model
hint: forward-returns-class
says: scores
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.Tanh(), nn.Linear(64, 10))

    def forward(self, images):
        _, predicted = torch.max(self.layers(images), 1)
        return predicted
