"""Adds noise that it has drawn for 200 images, in training mode only: larger batches fail.

fails: model
hint: fixed-batch-size
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 100)
        self.scores = nn.Linear(100, 10)
        self.register_buffer("noise", 0.05 * torch.randn(200, 784))

    def forward(self, images):
        pixels = images.flatten(1)
        if self.training:
            pixels = pixels + self.noise[: len(pixels)]
        return self.scores(torch.relu(self.hidden(pixels)))
