"""Layers in a ModuleList, made from a list of sizes."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self, sizes=(784, 96, 48, 10)):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        x = x.view(x.size(0), -1)
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < len(self.layers) - 1:
                x = F.relu(x)
        return x
