"""Draws the size of its hidden layer anew for each model, so that saved weights fit no other one.

fails: model
"""
# %% model
import random


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        hidden = random.SystemRandom().randint(64, 256)
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, hidden), nn.ReLU(), nn.Linear(hidden, 10))

    def forward(self, images):
        return self.net(images)
