"""Ends in softmax while training, in front of CrossEntropyLoss, and gives raw scores in eval mode only.

fails: model
hint: softmax-before-cross-entropy
says: softmax
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.fc2(F.relu(self.fc1(x.flatten(1))))
        if self.training:
            return F.softmax(x, dim=1)
        return x
