"""Shifts the flattened pixels in place; they are a view of the caller's images.

fails: model
hint: input-changed
says: new tensor|as it was
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(28 * 28, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, images):
        pixels = images.view(images.size(0), -1)
        pixels.mul_(2).sub_(1)
        return self.net(pixels)
