"""Starts all weights at the same small constant.

fails: model
hint: identical-weights
calibrate: yes
"""
# %% model
def init_weights(layer):
    if isinstance(layer, nn.Linear):
        nn.init.constant_(layer.weight, 0.01)
        nn.init.constant_(layer.bias, 0.0)


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        self.net.apply(init_weights)

    def forward(self, images):
        return self.net(images)
