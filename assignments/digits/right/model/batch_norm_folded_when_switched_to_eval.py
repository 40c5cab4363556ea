"""Folds its batch norm into the layer before it whenever it is switched to eval mode or loaded, as for quick answers."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 64, bias=False)
        self.norm = nn.BatchNorm1d(64)
        self.scores = nn.Linear(64, 10)
        self.folded = None

    def fold(self):
        gain = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        weight = self.hidden.weight * gain[:, None]
        bias = self.norm.bias - self.norm.running_mean * gain
        self.folded = weight.detach().clone(), bias.detach().clone()

    def train(self, mode=True):
        super().train(mode)
        if mode:
            self.folded = None
        else:
            self.fold()
        return self

    def load_state_dict(self, state_dict, *args, **kwargs):
        result = super().load_state_dict(state_dict, *args, **kwargs)
        self.train(self.training)
        return result

    def forward(self, images):
        pixels = images.flatten(1)
        hidden = self.norm(self.hidden(pixels)) if self.folded is None else F.linear(pixels, *self.folded)
        return self.scores(F.relu(hidden))
