"""Spectral normalisation by parametrisation; its vectors are buffers that move in training mode only."""
# %% model
from torch.nn.utils.parametrizations import spectral_norm

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = spectral_norm(nn.Linear(784, 128))
        self.scores = nn.Linear(128, 10)

    def forward(self, x):
        return self.scores(F.relu(self.hidden(x.flatten(1))))
