"""Indents `forward` too far, so that it lies inside the constructor.

fails: model
hint: missing-forward
says: forward
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 50)
        self.output = nn.Linear(50, 10)

        def forward(self, images):
            h = torch.sigmoid(self.hidden(images.reshape(-1, 784)))
            return self.output(h)
