"""Layers in a ModuleDict, the activation among them."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict({
            "flat": nn.Flatten(),
            "in": nn.Linear(784, 64),
            "act": nn.ReLU(),
            "out": nn.Linear(64, 10),
        })

    def forward(self, images):
        h = images
        for name in ("flat", "in", "act", "out"):
            h = self.parts[name](h)
        return h
