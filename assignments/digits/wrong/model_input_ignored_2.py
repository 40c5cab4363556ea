"""Scales the pixels once more, with two slashes, which leaves nothing but zeros.

fails: model
hint: input-ignored
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        pixels = images.flatten(1)
        pixels = pixels // 255
        h = torch.relu(self.hidden(pixels))
        return self.scores(h)
