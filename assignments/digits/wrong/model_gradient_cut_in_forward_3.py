"""Computes the activation with NumPy and comes back from there.

fails: model
hint: gradient-cut-in-forward
"""
# %% model
import numpy as np


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 100)
        self.output = nn.Linear(100, 10)

    def forward(self, images):
        z = self.hidden(images.reshape(len(images), -1))
        a = np.maximum(z.detach().numpy(), 0)
        return self.output(torch.from_numpy(a))
