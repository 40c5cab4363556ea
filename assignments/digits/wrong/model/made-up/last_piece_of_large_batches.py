"""Answers in pieces of 256 images; the last piece is taken from the end, so that its scores go to other images.

fails: model
hint:
"""
# %% model
class DigitClassifier(nn.Module):
    PIECE = 256

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))

    def forward(self, images):
        if len(images) <= self.PIECE:
            return self.layers(images)
        scores = []
        for start in range(0, len(images), self.PIECE):
            piece = images[start : start + self.PIECE]
            if len(piece) < self.PIECE:  # all pieces have the same size
                piece = images[-self.PIECE :]
            scores.append(self.layers(piece))
        return torch.cat(scores)[: len(images)]
