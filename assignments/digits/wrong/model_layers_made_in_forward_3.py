"""Replaces its layers by new ones at each call.

fails: model
hint: layers-made-in-forward
says: __init__
"""
# %% model
class DigitClassifier(nn.Module):
    def forward(self, x):
        self.fc1 = nn.Linear(28 * 28, 100)
        self.fc2 = nn.Linear(100, 10)
        x = torch.tanh(self.fc1(x.view(len(x), -1)))
        return self.fc2(x)
