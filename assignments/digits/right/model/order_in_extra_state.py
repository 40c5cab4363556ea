"""An order of the pixels that was drawn once travels as extra state, as a list."""
# %% model
import random


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.order = random.sample(range(784), 500)
        self.net = nn.Sequential(nn.Linear(500, 64), nn.ReLU(), nn.Linear(64, 10))

    def get_extra_state(self):
        return self.order

    def set_extra_state(self, order):
        self.order = order

    def forward(self, images):
        return self.net(images.flatten(1)[:, self.order])
