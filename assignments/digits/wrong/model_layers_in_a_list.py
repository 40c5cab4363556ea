"""Keeps all layers in a plain Python list.

fails: model
hint: layers-in-a-list
says: ModuleList|Sequential
"""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)]

    def forward(self, x):
        x = x.flatten(1)
        for layer in self.layers:
            x = layer(x)
        return x
