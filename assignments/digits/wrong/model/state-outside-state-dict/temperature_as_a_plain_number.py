"""Its temperature falls with each training batch and is a plain number: a model that loads the weights has the old one.

fails: model
hint: state-outside-state-dict
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.scores = nn.Linear(128, 10)
        self.temperature = 2.0

    def forward(self, images):
        if self.training:
            self.temperature = max(0.5, self.temperature * 0.99)
        hidden = F.relu(self.hidden(images.flatten(1)))
        return self.scores(hidden) / self.temperature
