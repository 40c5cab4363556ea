"""Asks for a NumPy array of a result that still needs its gradient, which raises.

fails: model
hint: gradient-cut-in-forward
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        hidden = self.fc1(x.flatten(1)).numpy()
        hidden = torch.tensor(hidden).clamp(min=0)
        return self.fc2(hidden)
