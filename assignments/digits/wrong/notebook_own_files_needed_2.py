"""The model reads its first weights from a file of its own.

fails: model
hint: own-files-needed
"""
# %% model
import numpy as np


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        start = np.load("my_start_weights.npy")
        self.hidden = nn.Linear(784, 128)
        self.hidden.weight.data = torch.from_numpy(start).float()
        self.scores = nn.Linear(128, 10)

    def forward(self, x):
        return self.scores(torch.tanh(self.hidden(x.flatten(1))))
