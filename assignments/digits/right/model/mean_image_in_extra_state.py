"""A mean image travels as extra state."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = torch.rand(784) * 0.1
        self.net = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))

    def get_extra_state(self):
        return {"mean": self.mean}

    def set_extra_state(self, state):
        self.mean = state["mean"]

    def forward(self, images):
        return self.net(images.flatten(1) - self.mean)
