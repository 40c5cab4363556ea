"""Calls F.relu, but does not keep its result.

advice: yes
hint: no-nonlinearity
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 100)
        self.output = nn.Linear(100, 10)

    def forward(self, images):
        x = images.view(images.size(0), 28 * 28)
        x = self.hidden(x)
        F.relu(x)
        return self.output(x)
