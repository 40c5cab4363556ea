"""Normalises the pixels by mean and deviation of the current batch.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, images):
        images = (images - images.mean()) / images.std()
        return self.net(images)
