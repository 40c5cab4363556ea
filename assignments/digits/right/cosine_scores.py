"""Scores are cosines between a feature vector and one direction per digit, times a learned scale."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.encode = nn.Linear(784, 128)
        self.directions = nn.Parameter(torch.randn(10, 128))
        self.log_scale = nn.Parameter(torch.tensor(2.0))

    def forward(self, x):
        features = F.normalize(F.relu(self.encode(x.flatten(1))), dim=1)
        return self.log_scale.exp() * features @ F.normalize(self.directions, dim=1).T
