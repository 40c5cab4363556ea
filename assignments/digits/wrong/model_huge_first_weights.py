"""Draws the weights of its layers from N(0, 1).

advice: yes
hint: huge-first-weights
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 10)
        nn.init.normal_(self.fc1.weight)
        nn.init.normal_(self.fc2.weight)

    def forward(self, x):
        return self.fc2(F.relu(self.fc1(x.flatten(1))))
