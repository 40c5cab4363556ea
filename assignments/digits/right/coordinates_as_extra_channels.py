"""CoordConv: two more channels hold row and column of each pixel, made once and kept as a plain attribute."""
# %% model
class DigitClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        line = torch.linspace(-1, 1, 28)
        self.places = torch.stack(torch.meshgrid(line, line, indexing="ij"))[None]
        self.conv = nn.Conv2d(3, 12, 5, stride=2)
        self.out = nn.Linear(12 * 12 * 12, 10)

    def forward(self, images):
        both = torch.cat([images, self.places.expand(len(images), -1, -1, -1)], dim=1)
        return self.out(F.relu(self.conv(both)).flatten(1))
