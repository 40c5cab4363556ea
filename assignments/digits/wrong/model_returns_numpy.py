"""Returns the scores as a NumPy array.

fails: model
hint: forward-returns-no-tensor, gradient-cut-in-forward
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x).detach().numpy()
