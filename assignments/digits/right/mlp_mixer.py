"""An MLP mixer: Linear layers across patches, then across channels."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.patch = nn.Linear(16, 24)
        self.tokens = nn.Sequential(nn.LayerNorm(49), nn.Linear(49, 49), nn.GELU())
        self.channels = nn.Sequential(nn.LayerNorm(24), nn.Linear(24, 48), nn.GELU(), nn.Linear(48, 24))
        self.head = nn.Linear(49 * 24, 10)

    def forward(self, x):
        b = x.shape[0]
        x = x.reshape(b, 7, 4, 7, 4).permute(0, 1, 3, 2, 4).reshape(b, 49, 16)
        x = self.patch(x)
        x = x + self.tokens(x.transpose(1, 2)).transpose(1, 2)
        x = x + self.channels(x)
        return self.head(x.flatten(1))
