"""The first batch that it trains on sets the scale and shift of each hidden unit (ActNorm); hooks feed and cut."""
# %% model
class ActNorm(nn.Module):
    """Starts with mean 0 and deviation 1 on the first training batch; from then on it is learnt like any weight."""

    def __init__(self, units):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(units)), nn.Parameter(torch.zeros(units))
        self.register_buffer("is_set", torch.tensor(False))

    def forward(self, values):
        if self.training and not self.is_set:
            with torch.no_grad():
                self.scale.copy_(1 / (values.std(dim=0) + 1e-3))
                self.shift.copy_(-values.mean(dim=0) * self.scale)
            self.is_set.fill_(True)
        return values * self.scale + self.shift


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(784, 80), ActNorm(80), nn.ReLU(), nn.Linear(80, 10))
        self.layers.register_forward_pre_hook(lambda layers, given: (given[0].flatten(1),))

    def forward(self, images):
        return self.layers(images)
