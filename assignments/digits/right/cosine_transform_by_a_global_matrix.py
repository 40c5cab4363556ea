"""The image goes through a cosine transform; its matrix is a constant of the notebook."""
# %% model
import math

PLACES = torch.arange(28).float()
COSINES = torch.cos(math.pi / 28 * (PLACES[None] + 0.5) * PLACES[:, None]) * (2 / 28) ** 0.5

class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(256, 100), nn.ReLU(), nn.Linear(100, 10))

    def forward(self, images):
        waves = COSINES @ images @ COSINES.T
        return self.net(waves[..., :16, :16])
