"""Random features are drawn beside the class: the saved weights are worth nothing when the notebook is run again.

fails: model
hint: state-outside-state-dict
"""
# %% model
MIXING = torch.randn(784, 300) / 28


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(300, 10)

    def forward(self, images):
        return self.scores(torch.relu(images.flatten(1) @ MIXING))
