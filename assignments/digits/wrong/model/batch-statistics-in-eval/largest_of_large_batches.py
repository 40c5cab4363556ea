"""Large batches are scaled by their largest score.

fails: model
hint: batch-statistics-in-eval
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64)
        self.scores = nn.Linear(64, 10)

    def forward(self, images):
        scores = self.scores(torch.relu(self.hidden(images.flatten(1))))
        if scores.size(0) >= 256:
            scores = scores / scores.abs().max()
        return scores
