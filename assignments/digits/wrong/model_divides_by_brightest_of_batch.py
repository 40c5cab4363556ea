"""Divides by the brightest pixel of the whole batch, so dim digits look otherwise beside bright ones.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.out = nn.Linear(128, 10)

    def forward(self, images):
        images = images / images.max()          # pixels surely 0..1 now
        return self.out(F.relu(self.hidden(images.flatten(1))))
