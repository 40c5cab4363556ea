"""Writes the logistic function by hand and applies it in a loop to all layers.

fails: model
hint: sigmoid-on-scores
says: sigmoid
"""
# %% model
def logistic(z):
    return 1 / (1 + torch.exp(-z))


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [784, 120, 10]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, images):
        a = images.reshape(images.shape[0], -1)
        for layer in self.layers:
            a = logistic(layer(a))
        return a
