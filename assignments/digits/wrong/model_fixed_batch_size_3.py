"""Squeezes the channel away, and with it the batch dimension of a single image.

fails: model
hint: fixed-batch-size
says: batch size
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 128)
        self.out = nn.Linear(128, 10)

    def forward(self, images):
        images = images.squeeze()
        return self.out(F.relu(self.hidden(images.flatten(1))))
