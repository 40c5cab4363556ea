"""A mean image is a plain tensor that is computed from nothing."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        rows = torch.linspace(-1, 1, 28)
        self.mean_image = 0.4 * torch.exp(-3 * (rows[:, None] ** 2 + rows[None] ** 2))
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))

    def forward(self, images):
        return self.net(images - self.mean_image)
