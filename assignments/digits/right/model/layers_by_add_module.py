"""Layers are added by name in a loop and kept in a dict as well."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.by_name = {}
        for name, (before, after) in {"first": (784, 64), "second": (64, 32), "third": (32, 10)}.items():
            layer = nn.Linear(before, after)
            self.add_module(name, layer)
            self.by_name[name] = layer

    def forward(self, images):
        values = images.flatten(1)
        for name, layer in self.by_name.items():
            values = layer(values) if name == "third" else torch.relu(layer(values))
        return values
