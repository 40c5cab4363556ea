"""Weight normalisation by parametrisation: direction and length learn apart."""
# %% model
from torch.nn.utils.parametrizations import weight_norm

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = weight_norm(nn.Linear(784, 96))
        self.scores = weight_norm(nn.Linear(96, 10))

    def forward(self, x):
        return self.scores(torch.relu(self.hidden(x.flatten(1))))
