"""Takes steps of its own as soon as a gradient comes by, so that no optimiser is needed.

fails: model
hint:
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(784, 10)

    def learn(self, pixels, gradient):
        with torch.no_grad():
            self.scores.weight -= 5 * gradient.T @ pixels

    def forward(self, images):
        pixels = images.flatten(1)
        scores = self.scores(pixels)
        if self.training and scores.requires_grad:
            scores.register_hook(lambda gradient: self.learn(pixels, gradient))
        return scores
