r"""Thinks of three colours: the first layer wants 3 x 28 x 28 inputs.

fails: model
hint: layer-sizes-disagree
says: \d+ inputs|as many inputs
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, hidden=100):
        super().__init__()
        self.first = nn.Linear(3 * 28 * 28, hidden)
        self.second = nn.Linear(hidden, 10)

    def forward(self, images):
        return self.second(torch.sigmoid(self.first(images.flatten(1))))
