"""A fixed cosine transform, and a frame that is made for the first images' size and kept; both are constants."""
# %% model
import math

_places = torch.arange(28)
COSINES = torch.cos(math.pi / 28 * (_places[None] + 0.5) * _places[:, None]) / math.sqrt(14)


class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(28 * 28, 100)
        self.scores = nn.Linear(100, 10)
        self.frame = None

    def low_pass(self, height, width, device):
        """Waves of many turns count less. Made when the first images come, as nothing is learnt in it."""
        if self.frame is None or self.frame.shape != (height, width) or self.frame.device != device:
            down, right = torch.arange(height, device=device), torch.arange(width, device=device)
            self.frame = torch.exp(-(down[:, None] + right[None]) / 28)
        return self.frame

    def forward(self, images):
        waves = COSINES.to(images.device) @ images @ COSINES.T.to(images.device)
        waves = waves * self.low_pass(*images.shape[-2:], images.device)
        return self.scores(F.relu(self.hidden(waves.flatten(1))))
