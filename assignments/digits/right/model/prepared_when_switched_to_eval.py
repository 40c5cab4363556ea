"""Prepares its unit-length prototypes when it is switched to eval mode or loaded, so that answers come quickly."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(784, 96), nn.GELU())
        self.prototypes = nn.Parameter(torch.randn(10, 96))
        self.scale = nn.Parameter(torch.tensor(8.0))
        self.ready = None
        self.register_load_state_dict_post_hook(lambda model, keys: model.prepare())

    def directions(self):
        return self.scale * F.normalize(self.prototypes, dim=1)

    def prepare(self):
        self.ready = None if self.training else self.directions().detach()

    def train(self, mode=True):
        changed = mode != self.training
        super().train(mode)
        if changed:
            self.prepare()
        return self

    def forward(self, images):
        directions = self.directions() if self.ready is None else self.ready
        return F.normalize(self.body(images), dim=1) @ directions.T
