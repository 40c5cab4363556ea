"""Flattens only channel and height, so the rows stay apart.

fails: model
hint: linear-on-image-rows
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten(1, 2)
        self.hidden = nn.Linear(28, 200)
        self.output = nn.Linear(200, 10)
        self.activation = nn.ReLU()

    def forward(self, images):
        images = self.flatten(images)
        return self.output(self.activation(self.hidden(images)))
