"""Works on a tensor of ones left from trying out the shapes.

fails: model
hint: input-ignored
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = torch.ones(x.shape[0], 784)
        x = F.relu(self.fc1(x))
        return self.fc2(x)
