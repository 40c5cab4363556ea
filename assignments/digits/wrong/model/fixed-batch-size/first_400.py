"""Answers to the first 400 images alone.

fails: model
hint: fixed-batch-size
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        images = images[:400]
        return self.scores(torch.relu(self.hidden(images.flatten(1))))
