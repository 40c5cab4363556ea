"""Adds noise to the caller's own images while training.

fails: model
hint: input-changed
says: new tensor|as it was
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        if self.training:
            x += 0.05 * torch.randn_like(x)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))
