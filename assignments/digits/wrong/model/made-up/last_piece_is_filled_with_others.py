"""Answers in pieces of 100 images and lets the last, shorter piece begin earlier, so that images get others' scores.

fails: model
hint:
"""
# %% model
class DigitClassifier(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Flatten(), nn.Linear(784, 96), nn.GELU(), nn.Linear(96, 10))

    def forward(self, images):
        starts = range(0, len(images), 100)
        pieces = [images[max(0, min(start, len(images) - 100)) :][:100] for start in starts]
        return torch.cat([super(DigitClassifier, self).forward(piece) for piece in pieces])[: len(images)]
