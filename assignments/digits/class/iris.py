"""Asks for far more memory than there is in every forward pass.

fails: model
hint: too-much-memory
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(784, 10)

    def forward(self, images):
        table = torch.ones(len(images), 784, 2_000_000)
        return self.layer(images.flatten(1)) + table.mean()
