"""The layers are compiled by torch.jit.script and kept as one part of the model."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
        self.layers = torch.jit.script(layers)

    def forward(self, images):
        return self.layers(images)
