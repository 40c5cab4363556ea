"""Freezes the first layer as one does with pretrained models.

fails: model
hint: frozen-weights
says: requires_grad
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)
        for param in self.fc1.parameters():
            param.requires_grad = False

    def forward(self, x):
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc2(x)
