"""The layers are traced once with an empty image, and the trace is the model's only part."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.Tanh(), nn.Linear(100, 10))
        self.layers = torch.jit.trace(layers, torch.zeros(2, 1, 28, 28))

    def forward(self, images):
        return self.layers(images)
