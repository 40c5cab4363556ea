"""Flattens, but throws the result away.

fails: model
hint: missing-flatten
says: [Ff]latten
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, width=100):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(784, width), nn.Linear(width, 10)])

    def forward(self, images):
        images.flatten(start_dim=1)
        hidden = torch.tanh(self.layers[0](images))
        return self.layers[1](hidden)
