"""Makes a new Dropout layer at each call, which is always in training mode.

fails: model
hint: dropout-always-on
says: training
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(28 * 28, 200)
        self.scores = nn.Linear(200, 10)

    def forward(self, images):
        h = torch.relu(self.hidden(self.flatten(images)))
        h = nn.Dropout(p=0.5)(h)
        return self.scores(h)
